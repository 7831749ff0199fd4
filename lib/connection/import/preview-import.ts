import { stringify } from "csv-stringify/sync";
import { disarmCell } from "@/lib/connection/intake/format/formulas";
import { CSV_LINES } from "@/lib/platform/csv-stream";
import type { FileRecord, ReadFile } from "./read-file";
import { SHOWN_RECORDS } from "./rules";
import type { ImportPreview, RecordProblem } from "./schema";

/** Says of a problem what is wrong and how to mend it, in the reader's language. */
export type ProblemWords = (problem: RecordProblem) => { error: string; fix: string };

const isBad = ({ problems }: FileRecord): boolean => problems.length > 0;

/** What a person is shown of a file before it is imported. */
export function previewImport(
  { header, encoding, records, fingerprint }: ReadFile,
  { entity, fileName }: { entity: string; fileName: string },
  words: ProblemWords,
): ImportPreview {
  const bad = records.filter(isBad);
  const shown = [...bad, ...records.filter((record) => !isBad(record))].slice(0, SHOWN_RECORDS);
  return {
    entity,
    fileName,
    delimiter: header.delimiter,
    encoding,
    columns: header.names,
    records: records.length,
    good: records.length - bad.length,
    bad: bad.length,
    shown: shown.map(({ line, key, problems }) => ({ line, key, problems })),
    rejected: bad.length === 0 ? null : writeRejected(header, bad, words),
    fingerprint,
  };
}

/** The bad rows as they came, to be mended and sent again, with two columns more. A row that is no row is one cell. */
function writeRejected(header: ReadFile["header"], bad: readonly FileRecord[], words: ProblemWords): string {
  const rows = bad.flatMap(({ rows: own, problems }) => {
    const said = problems.map(words);
    const about = [said.map(({ error }) => error).join(" "), said.map(({ fix }) => fix).join(" ")];
    return own.map((row, index) => {
      const cells = row.cells.length === 0 ? [row.text] : row.cells.slice(0, header.names.length);
      const padded = [...cells, ...Array<string>(header.names.length).fill("")].slice(0, header.names.length);
      return [...padded, ...(index === 0 ? about : ["", ""])].map(disarmCell);
    });
  });
  const names = [...header.names, "Error", "Fix"];
  return `\ufeff${stringify([names, ...rows], { delimiter: header.delimiter, ...CSV_LINES })}`;
}
