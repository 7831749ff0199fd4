import type { Locale } from "@/lib/core/locales";
import { createWords } from "@/lib/platform/i18n/messages";
import type { RowProblem } from "../format/schema";
import type { UploadProblem } from "../schema";
import type { Upload } from "./read-upload";

export type Told = { error: string; fix: string };

/** UTF-8 with its mark, which spreadsheets and editors need to read it as such. */
export const toBytes = (text: string): Buffer => Buffer.from(`\ufeff${text}`);

const withLines = (lines: readonly string[]): Buffer => toBytes(`${lines.join("\r\n")}\r\n`);

export function tellRowProblem(locale: Locale, { code, field, detail }: RowProblem): Told {
  const words = createWords(locale);
  const error = words(`intakeFile.rows.${code}.error`, detail);
  return {
    error: field ? `${field}: ${error}` : error,
    fix: words(`intakeFile.rows.${code}.fix`, detail),
  };
}

function tellFileProblem(locale: Locale, { code, detail }: UploadProblem): Told {
  const words = createWords(locale);
  const values = { meant: "none", ...detail };
  return {
    error: words(`intakeFile.files.${code}.error`, values),
    fix: words(`intakeFile.files.${code}.fix`, values),
  };
}

/** Why a file was not read: every reason, with what to do. */
export function writeQuarantineLog(
  locale: Locale,
  { name }: Pick<Upload, "name">,
  problems: readonly UploadProblem[],
): Buffer {
  const words = createWords(locale);
  const told = problems.map((problem) => tellFileProblem(locale, problem));
  return withLines([
    words("intakeFile.log.refused", { name }),
    ...told.map(({ error, fix }) => `- ${error}. ${fix}`),
  ]);
}

type Summary = {
  name: string;
  rows: number;
  rejected: number;
  outcomes: ReadonlyMap<string, number>;
  result: string;
  rejectedFile: string | null;
};

/** What became of a file in numbers, and where its outcomes are. Holds none of its content. */
export function writeLog(locale: Locale, summary: Summary): Buffer {
  const words = createWords(locale);
  const { name, rows, rejected, outcomes, result, rejectedFile } = summary;
  const counts = [...outcomes].map(([outcome, count]) => words("intakeFile.log.outcome", { outcome, count }));
  return withLines([
    words("intakeFile.log.read", { name, rows, rejected }),
    ...counts,
    words("intakeFile.log.result", { file: result }),
    ...(rejectedFile === null ? [] : [words("intakeFile.log.rejected", { file: rejectedFile })]),
  ]);
}
