import fc from "fast-check";
import { expect, it } from "vitest";
import { disarmCell, restoreCell } from "./formulas";

it.each([
  ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["@SUM(1)", "'@SUM(1)"],
  ["-2+cmd()", "'-2+cmd()"],
  ["\t=1", "'\t=1"],
  ["'=1", "''=1"],
  ["-5,00", "-5,00"],
  ["+358 40 123-4567", "+358 40 123-4567"],
  ["-12.5%", "-12.5%"],
  ["O'Neill", "O'Neill"],
  ["", ""],
])("%s becomes %s", (value, disarmed) => {
  expect(disarmCell(value)).toBe(disarmed);
});

it("gives back what it was", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^['=+@\t -]{0,4}[a-z0-9,.]{0,4}$/), (value) => {
      expect(restoreCell(disarmCell(value))).toBe(value);
    }),
  );
});
