import { BYTES_TO_RECOGNIZE, FileTextDecoder, recognize } from "./decode-text";
import { restoreCell } from "./formulas";
import {
  FIRST_COLUMN,
  findEnvelopeDelimiter,
  findOtherFormat,
  guessDelimiter,
  readNames,
  splitBeforeHeader,
} from "./header";
import type { CsvHeader, CsvRow, Delimiter, Encoding, FileProblem, RowProblem } from "./schema";
import { LONGEST_ROW_CHARACTERS, RowSplitter } from "./split-rows";

export type CsvOptions = {
  /** `required` at the doors where files come from machines; `optional` where a person looks at the preview. */
  envelope: "required" | "optional";
  /** The connection's own IntegrationID; null where the envelope's values are not checked. */
  integrationId: string | null;
  /** Names of the entity's fields. Without the envelope they decide between delimiters. */
  knownColumns?: readonly string[];
};

export type OpenedCsv = {
  header: CsvHeader;
  /** To be read once. Rows come in batches, in the file's order; a batch may be large, and never holds the file. */
  rows(): AsyncGenerator<CsvRow[], void, undefined>;
  /** Settled once everything was read: a file may be ASCII up to its last line. */
  encoding(): Encoding;
  emptyLines(): number;
};

/** Text is handed on in pieces of at least this size, so that a row over many small chunks is not read again for each. */
const PIECE_CHARACTERS = 65_536;

/**
 * Reads a CSV as a stream: nothing is typed, guessed or dropped. A problem of the file is given instead of rows; a problem
 * of a row stands in the row.
 */
export async function openCsv(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: CsvOptions,
): Promise<OpenedCsv | { problem: FileProblem }> {
  const bytes = readBytes(source);
  const first = await readAtLeast(bytes, BYTES_TO_RECOGNIZE);
  if (first.length === 0) return { problem: { code: "empty" } };
  const recognized = recognize(first);
  if ("problem" in recognized) return recognized;
  const decoder = new FileTextDecoder(recognized.encoding);
  const pieces = readText(bytes, first.subarray(recognized.bomBytes), decoder);
  const begun = await readUpToHeader(pieces);
  if ("problem" in begun) return begun;
  const { before, rest } = begun;
  const otherFormat = findOtherFormat(rest);
  if (otherFormat) return { problem: otherFormat };
  const found = findDelimiter(rest, options);
  if ("problem" in found) return found;

  const rowStart = found.hasEnvelope ? options.integrationId : null;
  const splitter = new RowSplitter({
    delimiter: found.delimiter,
    rowStart,
    line: 1 + countLines(before),
    breaksAtCarriageReturn: isCarriageReturnAlone(rest),
  });
  let pending = splitter.push(rest);
  while (pending.length === 0) {
    const piece = await pieces.next();
    pending = piece.done ? splitter.end() : splitter.push(piece.value);
    if (piece.done && pending.length === 0) return { problem: { code: "empty" } };
  }
  const [headerRow, ...firstRows] = pending;
  if (!headerRow || headerRow.problem)
    return { problem: { code: "header_broken", detail: { line: headerRow?.line ?? 1 } } };
  const named = readNames(headerRow.cells, found.hasEnvelope, options.knownColumns ?? []);
  if ("problem" in named) return named;
  const header: CsvHeader = { ...named, delimiter: found.delimiter, line: headerRow.line };
  const check = (rows: CsvRow[]): CsvRow[] => rows.map((row) => checkRow(row, header, options.integrationId));

  async function* rows(): AsyncGenerator<CsvRow[], void, undefined> {
    if (firstRows.length > 0) yield check(firstRows);
    for await (const piece of pieces) {
      const batch = splitter.push(piece);
      if (batch.length > 0) yield check(batch);
    }
    const last = splitter.end();
    if (last.length > 0) yield check(last);
  }
  return { header, rows, encoding: () => decoder.encoding, emptyLines: () => splitter.emptyLines };
}

async function* readBytes(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) if (chunk.length > 0) yield chunk;
}

async function readAtLeast(bytes: AsyncGenerator<Uint8Array>, count: number): Promise<Uint8Array> {
  let read: Uint8Array = new Uint8Array(0);
  while (read.length < count) {
    const chunk = await bytes.next();
    if (chunk.done) return read;
    read = read.length === 0 ? chunk.value : Buffer.concat([read, chunk.value]);
  }
  return read;
}

async function* readText(
  bytes: AsyncGenerator<Uint8Array>,
  first: Uint8Array,
  decoder: FileTextDecoder,
): AsyncGenerator<string, void, undefined> {
  let piece = decoder.decode(first);
  for await (const chunk of bytes) {
    piece += decoder.decode(chunk);
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = "";
  }
  piece += decoder.end();
  if (piece) yield piece;
}

/** Text with the header's first line in it: the delimiter and the kind of line break are told from that line. */
async function readUpToHeader(
  pieces: AsyncGenerator<string>,
): Promise<{ before: string; rest: string } | { problem: FileProblem }> {
  let text = "";
  for (;;) {
    const piece = await pieces.next();
    if (!piece.done) text += piece.value;
    const split = splitBeforeHeader(text.replace(/^\ufeff+/, ""));
    // A carriage return at the very end may be half of a line break.
    const hasHeaderLine = /[\r\n][\s\S]/.test(split.rest);
    if (hasHeaderLine && split.rest.trim() !== "") return split;
    if (piece.done) return split.rest.trim() === "" ? { problem: { code: "empty" } } : split;
    if (text.length > LONGEST_ROW_CHARACTERS)
      return { problem: { code: "header_broken", detail: { line: 1 } } };
  }
}

function findDelimiter(
  text: string,
  options: CsvOptions,
): { delimiter: Delimiter; hasEnvelope: boolean } | { problem: FileProblem } {
  const found = findEnvelopeDelimiter(text);
  if (typeof found === "string") return { delimiter: found, hasEnvelope: true };
  if (found) return { problem: found };
  const line = text.split(/[\r\n]/, 1)[0] ?? "";
  const delimiter = guessDelimiter(line, options.knownColumns ?? []);
  if (options.envelope === "optional") return { delimiter, hasEnvelope: false };
  const first = (line.split(delimiter, 1)[0] ?? "").trim().replace(/^"|"$/g, "");
  if (first === options.integrationId) return { problem: { code: "header_missing" } };
  const detail = { found: first.slice(0, 60), expected: FIRST_COLUMN };
  return { problem: { code: "integration_id_missing", detail } };
}

const countLines = (text: string): number => text.split(/\r\n?|\n/).length - 1;

/** Told from the first line break; `\r\r\n`, which a second conversion of line breaks makes, is none of the classic Mac OS. */
function isCarriageReturnAlone(text: string): boolean {
  return /^[^\r\n]*\r+(?![\r\n])/.test(text);
}

/** The row with its width and envelope checked; a row whose structure is broken keeps that problem. */
function checkRow(row: CsvRow, header: CsvHeader, integrationId: string | null): CsvRow {
  if (row.problem && row.cells.length === 0) return row;
  const width = header.names.length;
  const { cells } = row;
  const isEnveloped = header.hasEnvelope && integrationId !== null;
  if (isEnveloped && cells[0]?.trim() !== integrationId)
    return withProblem(row, { code: "integration_id_foreign", field: header.names[0] });
  if (cells.length < width - header.returnedColumns)
    return withProblem(row, { code: "too_few_fields", detail: { found: cells.length, expected: width } });
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== ""))
    return withProblem(row, { code: "too_many_fields", detail: { found: cells.length, expected: width } });
  const own = width - header.returnedColumns;
  if (isEnveloped && cells[own - 1]?.trim() !== integrationId)
    return withProblem(row, { code: "integration_id_check_foreign", field: header.names[own - 1] });
  if (row.problem || (cells.length === own && header.returnedColumns === 0)) return row;
  const kept = cells.slice(0, own);
  return { ...row, cells: header.returnedColumns > 0 ? kept.map(restoreCell) : kept };
}

const withProblem = (row: CsvRow, problem: RowProblem): CsvRow => ({
  ...row,
  problem: row.problem ?? problem,
});
