import type { CsvHeader, Delimiter, FileProblem } from "./schema";
import { DELIMITERS } from "./schema";

/** Names of the envelope; alone of all names their case is free. */
export const FIRST_COLUMN = "IntegrationID";
const LAST_COLUMN = "IntegrationIDCheck";
/** Columns that a file of rejected rows has behind the sender's own ones; ignored when it is sent again. */
const RETURNED_COLUMNS = ["Error", "Fix"] as const;

const equalsIgnoringCase = (a: string | undefined, b: string): boolean =>
  a?.toLowerCase() === b.toLowerCase();

/** What stands before the header and is none: empty lines, and the line with which a spreadsheet names the delimiter. */
const BEFORE_HEADER =
  /^(?:[ \t]*(?:\r\n?|\n))*(?:"?sep=[^\r\n]"?[ \t]*(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))*)?/i;

export function splitBeforeHeader(text: string): { before: string; rest: string } {
  const before = BEFORE_HEADER.exec(text)?.[0] ?? "";
  return { before, rest: text.slice(before.length) };
}

/** Text of another format that was sent as a CSV. */
export function findOtherFormat(text: string): FileProblem | null {
  if (text.startsWith("<")) return { code: "not_csv", detail: { kind: "XML/HTML" } };
  if (/^[{[]/.test(text)) return { code: "not_csv", detail: { kind: "JSON" } };
  return null;
}

/**
 * The delimiter is what follows `IntegrationID` in the header, never what is most frequent: a comma of decimals would win.
 * Null when the header does not begin with that name.
 */
export function findEnvelopeDelimiter(header: string): Delimiter | FileProblem | null {
  const match = /^[ \t]*"?[ \t]*IntegrationID[ \t]*?"?[ ]*([^ ]|$)/i.exec(header);
  const [, character] = match ?? [];
  if (character === undefined || /[\p{L}\p{N}_]/u.test(character)) return null;
  if (character === "" || /[\r\n]/.test(character))
    return { code: "integration_id_check_missing", detail: { found: FIRST_COLUMN, expected: LAST_COLUMN } };
  const delimiter = DELIMITERS.find((known) => known === character);
  return delimiter ?? { code: "delimiter_unknown", detail: { character } };
}

/** Without the envelope: the delimiter under which most names of the header are known, then the one that makes most names. */
export function guessDelimiter(header: string, knownColumns: readonly string[]): Delimiter {
  const known = new Set(knownColumns.map((name) => name.toLowerCase()));
  const judged = DELIMITERS.map((delimiter) => {
    const names = header.split(delimiter).map((name) => name.trim().replace(/^"|"$/g, "").toLowerCase());
    return { delimiter, matches: names.filter((name) => known.has(name)).length, count: names.length };
  });
  judged.sort((a, b) => b.matches - a.matches || b.count - a.count);
  return judged[0]?.delimiter ?? ";";
}

type Named = Pick<CsvHeader, "names" | "hasEnvelope" | "returnedColumns">;

/** Checks the cells of the header. Names lose blanks around them, and nothing else. */
export function readNames(
  cells: readonly string[],
  hasEnvelope: boolean,
  knownColumns: readonly string[],
): Named | { problem: FileProblem } {
  const names = cells.map((cell) => cell.trim());
  while (names.at(-1) === "") names.pop();
  const nameless = names.indexOf("");
  if (nameless !== -1) return { problem: { code: "column_without_name", detail: { column: nameless + 1 } } };
  const twice = names.find(
    (name, index) => names.findIndex((other) => equalsIgnoringCase(other, name)) < index,
  );
  if (twice !== undefined) return { problem: { code: "column_twice", detail: { column: twice } } };
  const isReturned =
    names.length > RETURNED_COLUMNS.length &&
    RETURNED_COLUMNS.every((name, index) => names.at(index - RETURNED_COLUMNS.length) === name) &&
    !RETURNED_COLUMNS.every((name) => knownColumns.includes(name));
  const returnedColumns = isReturned ? RETURNED_COLUMNS.length : 0;
  const last = names[names.length - 1 - returnedColumns];
  if (hasEnvelope && !equalsIgnoringCase(last, LAST_COLUMN))
    return {
      problem: { code: "integration_id_check_missing", detail: { found: last ?? "", expected: LAST_COLUMN } },
    };
  return { names, hasEnvelope, returnedColumns };
}
