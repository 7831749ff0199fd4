import { expect, test } from "vitest";
import { toMajorUnits } from "./currency";

test.each([
  [1290, "EUR", 12.9],
  [1290, "ISK", 1290],
  [1290, "KWD", 1.29],
])("%i minor units of %s are %d", (amountMinor, currency, major) => {
  expect(toMajorUnits(amountMinor, currency)).toBeCloseTo(major, 6);
});
