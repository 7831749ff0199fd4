import type { CsvRow, Delimiter, RowProblem } from "./schema";

/** Bounds of one row: an open quote or a missing line break costs no more than that. */
export const LONGEST_ROW_CHARACTERS = 1_048_576;
const MOST_LINES_OF_A_ROW = 1_000;
/** What is kept of a line that is longer than a row may be. */
const KEPT_OF_A_CUT_ROW = 10_000;
/** Without an IntegrationID a row with an open quote is its first line alone; that often in a file, then up to the bound. */
const MOST_ROWS_READ_AGAIN = 20;

export type SplitOptions = {
  delimiter: Delimiter;
  /** Each row begins with it: an open quote ends at the next line that does. Null for a file without the envelope. */
  rowStart: string | null;
  /** Line of the file at which the text begins. */
  line: number;
  /** Lines end with a carriage return alone, as in files of the classic Mac OS. */
  breaksAtCarriageReturn: boolean;
};

type Parsed = { end: number; lines: number; cells: string[]; problem: RowProblem | null };
/** `more`: the row's end is not in the text yet. `cut`: its first line alone is longer than a row may be. */
type Parsing = Parsed | "more" | "cut";

/**
 * Splits text into rows; the first one has position 0 and is the header. Text comes in pieces of any size, and a row is given
 * once its end was seen. All text lies in exactly one row, in an empty line or in the cut end of a line that is too long.
 */
export class RowSplitter {
  readonly #delimiter: Delimiter;
  readonly #starts: readonly string[];
  readonly #breaksAtCarriageReturn: boolean;
  #text = "";
  #line: number;
  #position = 0;
  #readAgain = 0;
  #isCarriageReturnHeld = false;
  #isSkippingLine = false;
  #emptyLines = 0;

  constructor({ delimiter, rowStart, line, breaksAtCarriageReturn }: SplitOptions) {
    this.#delimiter = delimiter;
    this.#starts = rowStart === null ? [] : [`${rowStart}${delimiter}`, `"${rowStart}"${delimiter}`];
    this.#line = line;
    this.#breaksAtCarriageReturn = breaksAtCarriageReturn;
  }

  get emptyLines(): number {
    return this.#emptyLines;
  }

  push(text: string): CsvRow[] {
    this.#text += this.#breaksAtCarriageReturn ? this.#withLineFeeds(text) : text;
    return this.#takeRows(false);
  }

  end(): CsvRow[] {
    if (this.#isCarriageReturnHeld) this.#text += "\n";
    // DOS programs end a file with Ctrl-Z.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the end mark of DOS is a control character
    this.#text = this.#text.replace(/\u001a+$/, "");
    return this.#takeRows(true);
  }

  /** A carriage return at the end of a piece waits for the line feed that may follow it. */
  #withLineFeeds(piece: string): string {
    const text = this.#isCarriageReturnHeld ? `\r${piece}` : piece;
    this.#isCarriageReturnHeld = text.endsWith("\r");
    return (this.#isCarriageReturnHeld ? text.slice(0, -1) : text).replace(/\r\n?/g, "\n");
  }

  #takeRows(isEnd: boolean): CsvRow[] {
    const text = this.#text;
    const isSuspect = text.includes("\ufffd") || text.includes("\0");
    const rows: CsvRow[] = [];
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      const lineBreak = text.indexOf("\n", at);
      if (this.#isSkippingLine) {
        this.#isSkippingLine = lineBreak === -1;
        if (lineBreak !== -1) this.#line += 1;
        at = lineBreak === -1 ? text.length : lineBreak + 1;
        continue;
      }
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      const lineEnd = lineBreak === -1 ? text.length : lineBreak;
      if (quote === -1 || quote > lineEnd) {
        if (lineEnd - at > LONGEST_ROW_CHARACTERS) at = this.#cutLine(rows, text, at);
        else if (lineBreak === -1 && !isEnd) break;
        else {
          const line = text.slice(at, endWithoutReturns(text, at, lineEnd));
          this.#add(rows, line, line.split(this.#delimiter), null, isSuspect);
          this.#line += 1;
          at = lineBreak === -1 ? text.length : lineBreak + 1;
        }
        continue;
      }
      const parsed = this.#parse(text, at, isEnd);
      if (parsed === "more") break;
      if (parsed === "cut") {
        at = this.#cutLine(rows, text, at);
        continue;
      }
      const rowEnd = text[parsed.end - 1] === "\n" ? parsed.end - 1 : parsed.end;
      const row = text.slice(at, endWithoutReturns(text, at, rowEnd));
      this.#add(rows, row, parsed.cells, parsed.problem, isSuspect);
      this.#line += parsed.lines;
      at = parsed.end;
    }
    this.#text = text.slice(at);
    return rows;
  }

  #add(
    rows: CsvRow[],
    text: string,
    cells: readonly string[],
    problem: RowProblem | null,
    isSuspect: boolean,
  ): void {
    // Spreadsheets write rows of delimiters below their data.
    if (!problem && !cells[0]?.trim() && cells.every((cell) => cell.trim() === "")) {
      this.#emptyLines += 1;
      return;
    }
    const found = problem ?? (isSuspect ? findBadCharacter(text) : null);
    rows.push({
      position: this.#position,
      line: this.#line,
      cells: problem ? [] : cells,
      text,
      problem: found,
    });
    this.#position += 1;
  }

  /** Gives the first line, which is too long, as a row and goes on behind its line break. */
  #cutLine(rows: CsvRow[], text: string, at: number): number {
    const problem: RowProblem = { code: "row_too_long" };
    this.#add(rows, text.slice(at, at + KEPT_OF_A_CUT_ROW), [], problem, false);
    const lineBreak = text.indexOf("\n", at);
    this.#isSkippingLine = lineBreak === -1;
    if (lineBreak === -1) return text.length;
    this.#line += 1;
    return lineBreak + 1;
  }

  /** A row with quotes, which may go over several lines. */
  #parse(text: string, start: number, isEnd: boolean): Parsing {
    const cells: string[] = [];
    let at = start;
    let lines = 0;
    let lineBreak = text.indexOf("\n", start);
    for (;;) {
      if (lineBreak !== -1 && lineBreak < at) lineBreak = text.indexOf("\n", at);
      const opening = this.#skipBlanks(text, at);
      if (text[opening] !== '"') {
        const delimiter = text.indexOf(this.#delimiter, at);
        if (lineBreak === -1 && !isEnd) return this.#moreOrBound(text, start);
        const lineEnd = lineBreak === -1 ? text.length : lineBreak;
        if (delimiter !== -1 && delimiter < lineEnd) {
          cells.push(text.slice(at, delimiter));
          at = delimiter + 1;
          continue;
        }
        cells.push(text.slice(at, endWithoutReturns(text, at, lineEnd)));
        if (lineBreak === -1) return { end: text.length, lines, cells, problem: null };
        return { end: lineBreak + 1, lines: lines + 1, cells, problem: null };
      }
      let value = "";
      let from = opening + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        const limit = quote === -1 ? text.length : quote;
        for (let inside = text.indexOf("\n", from); inside !== -1 && inside < limit; ) {
          lines += 1;
          const begins = this.#beginsRow(text, inside + 1);
          if (begins === "yes") return this.#openQuote(text, start, inside + 1, lines);
          if (begins === "unknown" && !isEnd) return this.#moreOrBound(text, start);
          if (lines >= MOST_LINES_OF_A_ROW) return this.#openQuote(text, start, inside + 1, lines);
          inside = text.indexOf("\n", inside + 1);
        }
        if (limit - start > LONGEST_ROW_CHARACTERS) return this.#bound(text, start);
        if (quote === -1) {
          if (!isEnd) return "more";
          return this.#openQuote(text, start, text.length, lines);
        }
        value += text.slice(from, quote);
        from = quote + 2;
        if (quote + 1 < text.length && text[quote + 1] === '"') {
          value += '"';
          continue;
        }
        let after = this.#skipBlanks(text, quote + 1);
        if (text[after] === this.#delimiter) {
          cells.push(value);
          at = after + 1;
          break;
        }
        while (text[after] === "\r") after += 1;
        if (after >= text.length) {
          if (!isEnd) return this.#moreOrBound(text, start);
          cells.push(value);
          return { end: after, lines, cells, problem: null };
        }
        if (text[after] !== "\n") return this.#textAfterQuote(text, start, after, lines, isEnd);
        cells.push(value);
        return { end: after + 1, lines: lines + 1, cells, problem: null };
      }
    }
  }

  #skipBlanks(text: string, from: number): number {
    let at = from;
    while (text[at] === " " || (text[at] === "\t" && this.#delimiter !== "\t")) at += 1;
    return at;
  }

  #beginsRow(text: string, at: number): "yes" | "no" | "unknown" {
    if (this.#starts.some((start) => text.startsWith(start, at))) return "yes";
    const rest = text.slice(at, at + (this.#starts[1]?.length ?? 0));
    return this.#starts.some((start) => start.startsWith(rest)) ? "unknown" : "no";
  }

  #moreOrBound(text: string, start: number): Parsing {
    return text.length - start > LONGEST_ROW_CHARACTERS ? this.#bound(text, start) : "more";
  }

  /** A row that is too long ends with the last whole line that fits. */
  #bound(text: string, start: number): Parsing {
    const lastBreak = text.lastIndexOf("\n", start + LONGEST_ROW_CHARACTERS);
    if (lastBreak < start) return "cut";
    return this.#openQuote(text, start, lastBreak + 1, countBreaks(text, start, lastBreak + 1));
  }

  /** Without an IntegrationID the lines behind the first one are read again, as rows of their own. */
  #openQuote(text: string, start: number, end: number, lines: number): Parsed {
    const problem: RowProblem = { code: "open_quote" };
    const firstBreak = text.indexOf("\n", start);
    const isReadAgain =
      this.#starts.length === 0 && this.#readAgain < MOST_ROWS_READ_AGAIN && firstBreak !== -1;
    if (!isReadAgain || firstBreak + 1 >= end) return { end, lines, cells: [], problem };
    this.#readAgain += 1;
    return { end: firstBreak + 1, lines: 1, cells: [], problem };
  }

  /** The row ends with its line; with an IntegrationID the lines up to the next one that begins with it belong to the row too. */
  #textAfterQuote(text: string, start: number, from: number, linesBefore: number, isEnd: boolean): Parsing {
    const problem: RowProblem = { code: "text_after_quote" };
    let lines = linesBefore;
    for (let at = from; ; ) {
      const lineBreak = text.indexOf("\n", at);
      const lineEnd = lineBreak === -1 ? text.length : lineBreak;
      if (lineEnd - start > LONGEST_ROW_CHARACTERS) return this.#bound(text, start);
      if (lineBreak === -1) return isEnd ? { end: text.length, lines, cells: [], problem } : "more";
      at = lineBreak + 1;
      lines += 1;
      const begins = this.#beginsRow(text, at);
      if (begins === "unknown" && !isEnd) return "more";
      const isOver = this.#starts.length === 0 || begins === "yes" || lines >= MOST_LINES_OF_A_ROW;
      if (isOver || at >= text.length) return { end: at, lines, cells: [], problem };
    }
  }
}

/** Lines end with a line feed; carriage returns before it, one or several, belong to the line break. */
function endWithoutReturns(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && text[at - 1] === "\r") at -= 1;
  return at;
}

function countBreaks(text: string, start: number, end: number): number {
  let breaks = 0;
  for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1))
    breaks += 1;
  return breaks;
}

function findBadCharacter(text: string): RowProblem | null {
  if (text.includes("\0")) return { code: "character_forbidden" };
  return text.includes("\ufffd") ? { code: "character_unreadable" } : null;
}
