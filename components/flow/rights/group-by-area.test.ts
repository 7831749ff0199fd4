import { expect, test } from "vitest";
import { groupByArea, spellOut } from "./group-by-area";

test("rights come together by the first part of their path, in the order of appearance", () => {
  const paths = ["sales.invoices", "purchases.invoices", "sales.customers"].map((path) => ({ path }));
  const groups = groupByArea(paths).map(({ area, rights }) => [area, rights.map((right) => right.path)]);
  expect(groups).toEqual([
    ["sales", ["sales.invoices", "sales.customers"]],
    ["purchases", ["purchases.invoices"]],
  ]);
});

test("a vendor without areas has one group without a name", () => {
  const rights = ["Customer", "Product"].map((path) => ({ path }));
  expect(groupByArea(rights)).toEqual([{ area: "", rights }]);
});

test.each([
  ["travelAndExpenses", "Travel and expenses"],
  ["sales", "Sales"],
  ["fixed_assets", "Fixed assets"],
])("%s reads as %s", (identifier, words) => {
  expect(spellOut(identifier)).toBe(words);
});
