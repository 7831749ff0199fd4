import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCents, multiply, parseDecimal, toCents } from "./decimal";

test("an amount survives text, cents and text again", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (cents) => {
      expect(toCents(parseDecimal(formatCents(cents)))).toBe(cents);
    }),
  );
});

describe("rounding", () => {
  test.each([
    ["1.005", 101n],
    ["-1.005", -101n],
    ["1.0049", 100n],
    ["0.1", 10n],
    // A float would make 5900.01 of it.
    ["5899.9999", 590000n],
  ])("%s is %s cents, halves away from zero", (text, cents) => {
    expect(toCents(parseDecimal(text))).toBe(cents);
  });

  test("of a quotient is made once, at its end", () => {
    // 25.5 of 125.5 parts of 124.00 are 25.1952…
    const vat = multiply(parseDecimal("124.00"), parseDecimal("25.5"));
    expect(toCents(vat, parseDecimal("125.5"))).toBe(2520n);
  });
});

test.each(["", "12,50", "1e3", "12.", "--1", "NaN"])("%s is no decimal", (text) => {
  expect(() => parseDecimal(text)).toThrow(RangeError);
});
