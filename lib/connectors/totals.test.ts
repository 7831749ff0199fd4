import { describe, expect, test } from "vitest";
import { describeDifference, expectedTotals, findWrongTotals, type PricedLine, sumUp } from "./totals";

const line = (change: Partial<PricedLine> = {}): PricedLine => ({
  quantity: "1",
  unitPrice: "10.00",
  vatPercent: "25.5",
  ...change,
});

describe("the sum of lines", () => {
  test.each<[string, PricedLine[], boolean, [bigint, bigint]]>([
    ["without VAT", [line()], false, [1000n, 255n]],
    ["with VAT in the prices", [line({ unitPrice: "12.55" })], true, [1000n, 255n]],
    ["of a refund", [line({ quantity: "-2" })], false, [-2000n, -510n]],
    ["less a discount", [line({ discountPercent: "12.5" })], false, [875n, 223n]],
    // Each line alone: 0.335 and 0.0854 are 34 and 9 cents, three times.
    ["rounded line by line", [1, 2, 3].map(() => line({ unitPrice: "0.335" })), false, [102n, 27n]],
    // A float would make 1.005 less than it is.
    ["of half a cent", [line({ unitPrice: "1.005", vatPercent: "0" })], false, [101n, 0n]],
  ])("%s", (_, lines, isWithVat, [net, vat]) => {
    expect(sumUp(lines, isWithVat)).toEqual({ net, vat, gross: net + vat });
  });
});

describe("what a vendor answers beside what is expected", () => {
  const expected = { net: 1000n, vat: 255n, gross: 1255n };
  test.each<[string, Partial<typeof expected>, number, string | null]>([
    ["the same", {}, 1, null],
    ["a cent a line", { net: 1002n, vat: 253n, gross: 1257n }, 2, null],
    ["more than a cent a line of the net", { net: 1003n }, 2, "net 10.03 instead of 10.00"],
    ["more of the VAT alone", { vat: 252n }, 2, "vat 2.52 instead of 2.55"],
    ["more of the gross alone", { gross: 1258n }, 2, "gross 12.58 instead of 12.55"],
    [
      "of the other sign",
      { net: -1000n, vat: -255n, gross: -1255n },
      1,
      "net -10.00 instead of 10.00, vat -2.55 instead of 2.55, gross -12.55 instead of 12.55",
    ],
  ])("%s", (_, answered, lines, difference) => {
    expect(describeDifference(expected, { ...expected, ...answered }, lines)).toBe(difference);
  });

  test("the sender's own totals come first, and what nobody knows is not compared", () => {
    expect(expectedTotals({ grossTotal: "12.60" }, { net: 1000n })).toEqual({ net: 1000n, gross: 1260n });
    expect(describeDifference({ gross: 1260n }, expected, 1)).toBe("gross 12.55 instead of 12.60");
    expect(describeDifference({}, expected, 1)).toBeNull();
  });
});

test("totals of a row that do not add up from its lines are named by their fields", () => {
  const ours = { net: 1000n, vat: 255n, gross: 1255n };
  expect(findWrongTotals({ netTotal: "10.01", vatTotal: "2.55", grossTotal: "12.57" }, ours, 1)).toEqual([
    "grossTotal",
  ]);
  expect(findWrongTotals({ vatTotal: "9.99" }, { net: 1000n }, 1)).toEqual([]);
});
