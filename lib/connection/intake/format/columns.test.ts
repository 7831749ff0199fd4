import { expect, it } from "vitest";
import { findMeantName, findUnknownColumns } from "./columns";

const KNOWN = ["CompUserKey01", "Name", "OrgNo", "PostalAddress1"];

it.each([
  ["name", "Name"],
  ["comp_user_key01", "CompUserKey01"],
  ["CompUserKey1", "CompUserKey01"],
  ["PostalAdress1", "PostalAddress1"],
  ["Org No", "OrgNo"],
  ["Turnover", null],
  ["X", null],
])("%s: was %s meant?", (name, meant) => {
  expect(findMeantName(name, KNOWN)).toBe(meant);
});

it("names every unknown column and no known one", () => {
  expect(findUnknownColumns(["Name", "NAME", "Turnover"], KNOWN)).toEqual([
    { code: "column_unknown", detail: { column: "NAME", meant: "Name" } },
    { code: "column_unknown", detail: { column: "Turnover" } },
  ]);
});
