import { expect, test } from "vitest";
import { earningOf, listPercents } from "./earning";

test.each([
  [{ Amount: "200", EarningPercent: "83.5" }, "EARNING_PERCENT", "83.5"],
  [{ Amount: "1049.90", Earning: "500" }, "EARNING", "47.6236"],
  [{ Amount: "1000", Cost: "750" }, "COST", "25"],
  [{ Amount: "3", Earning: "1" }, "ANY", "33.3333"],
  [{ Amount: "100", Cost: "130" }, "COST", "-30"],
  [{ Amount: "-100", Earning: "-40" }, "EARNING", "40"],
  [{ Amount: "0", Earning: "5" }, "EARNING", null],
  [{ Amount: "100", Cost: "100" }, "COST", "0"],
] as const)("of %o by %s the percentage is %s", (row, mode, percent) => {
  expect(listPercents(row, mode).map((one) => one.percent)).toEqual([percent]);
});

test("a column of another mode does not count", () => {
  expect(listPercents({ Amount: "100", Cost: "50" }, "EARNING")).toEqual([]);
});

test("the earning is exact to the cent", () => {
  expect(earningOf("1049.90", "47.6236")).toBe("500");
  expect(earningOf("0.05", "50")).toBe("0.03");
  expect(earningOf("100", "-30")).toBe("-30");
});
