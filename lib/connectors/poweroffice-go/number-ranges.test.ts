import fc from "fast-check";
import { expect, test } from "vitest";
import { formatRange, subtractRanges } from "./number-ranges";

test.each([
  [{ from: 10, to: 20 }, [], [{ from: 10, to: 20 }]],
  [{ from: 10, to: 20 }, [{ from: 10, to: 20 }], []],
  [{ from: 10, to: 20 }, [{ from: 15, to: 30 }], [{ from: 10, to: 14 }]],
  [
    { from: 10, to: 20 },
    [
      { from: 12, to: 13 },
      { from: 1, to: 10 },
    ],
    [
      { from: 11, to: 11 },
      { from: 14, to: 20 },
    ],
  ],
])("%j less %j", (wanted, others, left) => {
  expect(subtractRanges(wanted, others)).toEqual(left);
});

test("a number is left exactly when it was wanted and nobody else has it", () => {
  const range = fc.tuple(fc.nat(40), fc.nat(15)).map(([from, length]) => ({ from, to: from + length }));
  const holds = ({ from, to }: { from: number; to: number }, number: number) =>
    number >= from && number <= to;
  fc.assert(
    fc.property(range, fc.array(range, { maxLength: 6 }), fc.nat(60), (wanted, others, number) => {
      const isLeft = subtractRanges(wanted, others).some((one) => holds(one, number));
      expect(isLeft).toBe(holds(wanted, number) && !others.some((one) => holds(one, number)));
    }),
  );
});

test("ranges read as people write them", () => {
  expect(
    [
      { from: 1, to: 9 },
      { from: 7, to: 7 },
    ].map(formatRange),
  ).toEqual(["1–9", "7"]);
});
