import { expect, test } from "vitest";
import { listCheckedRights } from "./checked-rights";

const asked = [
  { path: "sales.invoices", level: "ALL_RIGHTS", reason: "Writes invoices." },
  { path: "sales.customers", level: "VIEWING_RIGHTS", reason: "Finds customers." },
];

test("before the first check nothing is claimed to be held", () => {
  expect(listCheckedRights(asked, null)).toEqual([
    { ...asked[0], asked: "ALL_RIGHTS", held: null, finding: "unknown", level: undefined },
    { ...asked[1], asked: "VIEWING_RIGHTS", held: null, finding: "unknown", level: undefined },
  ]);
});

test("a right that is lacking says what is held instead, and a surplus one that nobody asked for it", () => {
  const rights = listCheckedRights(asked, {
    held: [
      { path: "sales.invoices", level: "VIEWING_RIGHTS" },
      { path: "sales.customers", level: "VIEWING_RIGHTS" },
      { path: "management.users", level: "ALL_RIGHTS" },
    ],
    missing: [{ path: "sales.invoices", asked: "ALL_RIGHTS", held: "VIEWING_RIGHTS" }],
    surplus: [{ path: "management.users", asked: null, held: "ALL_RIGHTS" }],
    boundToNaturalPerson: false,
  });
  expect(rights.map(({ path, finding, held, reason }) => ({ path, finding, held, reason }))).toEqual([
    { path: "sales.invoices", finding: "missing", held: "VIEWING_RIGHTS", reason: "Writes invoices." },
    { path: "sales.customers", finding: "held", held: "VIEWING_RIGHTS", reason: "Finds customers." },
    { path: "management.users", finding: "surplus", held: "ALL_RIGHTS", reason: null },
  ]);
});
