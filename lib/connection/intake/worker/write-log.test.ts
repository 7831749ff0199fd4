import { expect, test } from "vitest";
import type { Locale } from "@/lib/core/locales";
import { FILE_PROBLEMS, ROW_PROBLEMS } from "../format/schema";
import { UPLOAD_PROBLEMS } from "../schema";
import { toLine } from "./tell-row";
import { tellRowProblem, writeQuarantineLog } from "./write-log";

const LANGUAGES: Locale[] = ["en", "fi", "nb", "sv", "da"];
const DETAIL = {
  kind: "JSON",
  encoding: "UTF-32",
  line: 1,
  found: "Name",
  expected: "IntegrationID",
  character: "^",
  column: "Nmae",
  meant: "Name",
  known: "sales-invoices",
  value: "5,58E+12",
};

test.each(LANGUAGES)("every problem of a file and of a row has words in %s", (locale) => {
  for (const code of [...FILE_PROBLEMS, ...UPLOAD_PROBLEMS]) {
    const log = writeQuarantineLog(locale, { name: "a.csv" }, [{ code, detail: DETAIL }]).toString();
    expect(log, code).toMatch(/a\.csv.*\r\n- .+\. .+/);
    expect(log, code).not.toMatch(/intakeFile|[{}]/);
  }
  for (const code of ROW_PROBLEMS) {
    const { error, fix } = tellRowProblem(locale, { code, field: "Name", detail: DETAIL });
    expect(error, code).toMatch(/^Name: .+/);
    expect(`${error} ${fix}`, code).not.toMatch(/intakeFile|[{}]/);
  }
});

test("without a name that was meant, the fix names none", () => {
  const log = writeQuarantineLog("en", { name: "a.csv" }, [
    { code: "column_unknown", detail: { column: "X" } },
  ]);
  expect(log.toString()).toContain("Correct the name or remove the column.");
});

test("a cell with a line break goes back to the sender as one cell", () => {
  for (const text of ["one\ntwo", "one\rtwo", "one\r\ntwo"])
    expect(toLine([text, "c"], ";")).toBe(`"${text}";c\r\n`);
});
