import { type Stringifier, stringify } from "csv-stringify";

type CsvLine = readonly (string | number)[];
/** Writes a line, and waits while the reader is slower than what is written. */
export type WriteLine = (line: CsvLine) => Promise<void>;

/**
 * A spreadsheet whose lists are separated by semicolons splits a cell of ours there and at its line breaks, in quotes or not, and
 * runs what then begins one. The sign is looked for first: a search that began at each separator would take quadratic time.
 */
const FORMULA_AFTER_SPLIT = /(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])(?<=[;\t\r\n]["\s]*)/g;
export const disarmSplits = <Cell extends string | number>(cell: Cell): Cell | string =>
  typeof cell === "string" ? cell.replace(FORMULA_AFTER_SPLIT, "'") : cell;
/** How lines of ours end: csv-stringify leaves a bare line feed unquoted beside them, at which a reader would begin a new row. */
export const CSV_LINES = { record_delimiter: "\r\n", quoted_match: /[\r\n]/ };

/**
 * A CSV file as a stream, for spreadsheets: text that one would run as a formula begins with an apostrophe. `write` gives
 * its lines; when it fails the stream breaks off, so that a part is not taken for the whole.
 */
export function streamCsv(write: (line: WriteLine) => Promise<void>): ReadableStream<Uint8Array> {
  const csv = stringify({ bom: true, escape_formulas: true, ...CSV_LINES });
  const writeLine: WriteLine = async (line) => {
    if (csv.destroyed) throw new Error("the reader is gone");
    if (!csv.write(line.map(disarmSplits))) await drained(csv);
  };
  write(writeLine).then(
    () => csv.end(),
    (error: unknown) => csv.destroy(error instanceof Error ? error : new Error("the rows could not be read")),
  );
  return toByteStream(csv);
}

/** Until there is room again, or the reader has gone. */
function drained(csv: Stringifier): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      csv.off("drain", go).off("close", go);
      resolve();
    };
    csv.once("drain", go).once("close", go);
  });
}

function toByteStream(csv: Stringifier): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const chunks: AsyncIterator<unknown> = csv[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(String(value)));
    },
    cancel: () => {
      csv.destroy();
    },
  });
}
