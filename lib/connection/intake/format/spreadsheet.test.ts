import { expect, it } from "vitest";
import { findDestroyedCell } from "./spreadsheet";

const NAMES = ["CompUserKey01", "Name"];
it.each([
  [["5,58E+12", "A"], "number_destroyed", "CompUserKey01"],
  [["5.58e+012", "A"], "number_destroyed", "CompUserKey01"],
  [["1E+15", "A"], "number_destroyed", "CompUserKey01"],
  [["1", "#N/A"], "spreadsheet_error", "Name"],
  [["#REF!", "A"], "spreadsheet_error", "CompUserKey01"],
])("%j: %s in %s", (cells, code, field) => {
  expect(findDestroyedCell(NAMES, cells, ["CompUserKey01"])).toMatchObject({ code, field });
});

it.each([[["5580000000123", "5,58E+12"]], [["E+12", "#1 in town"]], [["1E12", "#"]]])("%j stays", (cells) => {
  expect(findDestroyedCell(NAMES, cells, ["CompUserKey01"])).toBeNull();
});
