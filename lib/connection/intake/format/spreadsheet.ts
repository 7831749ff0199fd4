import type { RowProblem } from "./schema";

/** What a spreadsheet makes of a long number, and saves: the digits behind it are gone. */
const DESTROYED_NUMBER = /^\s*[+-]?\d(?:[.,]\d+)?[eE]\+\d{1,3}\s*$/;
const ERRORS: ReadonlySet<string> = new Set([
  "#REF!",
  "#N/A",
  "#VALUE!",
  "#DIV/0!",
  "#NAME?",
  "#NUM!",
  "#NULL!",
]);

/** The first cell that a spreadsheet destroyed: a key in scientific notation, or an error instead of a value. */
export function findDestroyedCell(
  names: readonly string[],
  cells: readonly string[],
  keyColumns: readonly string[],
): RowProblem | null {
  for (const [index, cell] of cells.entries()) {
    const field = names[index];
    if (field === undefined) continue;
    if (cell.startsWith("#") && ERRORS.has(cell.trim()))
      return { code: "spreadsheet_error", field, detail: { value: cell.trim() } };
    if (keyColumns.includes(field) && DESTROYED_NUMBER.test(cell))
      return { code: "number_destroyed", field, detail: { value: cell.trim() } };
  }
  return null;
}
