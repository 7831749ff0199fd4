import type { CsvRow, RowProblem } from "../format/schema";
import { findDestroyedCell } from "../format/spreadsheet";

export type FileLayout = {
  /** Names of the columns, the envelope's two aside, with their places in a row. */
  columns: readonly { name: string; place: number }[];
  keyColumn: string;
  /** The field that holds a list, whose columns are `field.name`; null where an entity has none. */
  listField: string | null;
};

/** One record of a file: one line of it, or lines that follow each other with one key. */
export type RecordOfFile = {
  /** Of its first line, among all data rows of the file. */
  position: number;
  line: number;
  key: string | null;
  lines: readonly CsvRow[];
  content: { fields: Record<string, unknown>; problem: null } | { fields: null; problem: RowProblem };
};

/**
 * Makes records of rows. Where records have lists, a row that is broken makes what stands beside it broken too: it may have been
 * a line of that record, which would be written without it.
 */
export class RecordMaker {
  #open: CsvRow[] = [];
  #openKey: string | null = null;
  #isBesideBroken = false;

  constructor(private readonly layout: FileLayout) {}

  push(rows: readonly CsvRow[]): RecordOfFile[] {
    return rows.flatMap((row) => this.#take(row));
  }

  end(): RecordOfFile[] {
    return this.#flush(false);
  }

  #take(row: CsvRow): RecordOfFile[] {
    const problem = row.problem ?? this.#findDestroyed(row);
    if (problem) {
      const before = this.#flush(true);
      this.#isBesideBroken = this.layout.listField !== null;
      return [...before, { ...this.#placeOf([row]), key: null, content: { fields: null, problem } }];
    }
    const key = this.#cell(row, this.layout.keyColumn);
    const isSame = this.layout.listField !== null && key !== "" && key === this.#openKey;
    if (isSame) {
      this.#open.push(row);
      return [];
    }
    const before = this.#flush(false);
    this.#open = [row];
    this.#openKey = key;
    return before;
  }

  #findDestroyed(row: CsvRow): RowProblem | null {
    const names: string[] = [];
    for (const { name, place } of this.layout.columns) names[place] = name;
    return findDestroyedCell(names, row.cells, [this.layout.keyColumn]);
  }

  #cell(row: CsvRow, name: string): string {
    const column = this.layout.columns.find((one) => one.name === name);
    return (column && row.cells[column.place]?.trim()) ?? "";
  }

  #placeOf(lines: readonly CsvRow[]) {
    const [first] = lines;
    return { position: first?.position ?? 0, line: first?.line ?? 0, lines };
  }

  #flush(isBeforeBroken: boolean): RecordOfFile[] {
    const lines = this.#open;
    const key = this.#openKey;
    const isBeside = this.#isBesideBroken || (isBeforeBroken && this.layout.listField !== null);
    this.#open = [];
    this.#openKey = null;
    if (lines.length === 0) return [];
    this.#isBesideBroken = false;
    const content = isBeside
      ? { fields: null, problem: { code: "beside_broken_row" } as const }
      : { fields: this.#fieldsOf(lines), problem: null };
    return [{ ...this.#placeOf(lines), key: key || null, content }];
  }

  /** Fields of the first line, and the list of all lines. An empty cell is a field that the row does not have. */
  #fieldsOf(lines: readonly CsvRow[]): Record<string, unknown> {
    const [first] = lines;
    const { listField, columns } = this.layout;
    const read = (row: CsvRow, isWanted: (name: string) => boolean, toName: (name: string) => string) =>
      Object.fromEntries(
        columns
          .filter(({ name, place }) => isWanted(name) && row.cells[place]?.trim())
          .map(({ name, place }) => [toName(name), row.cells[place] ?? ""]),
      );
    if (!first) return {};
    if (listField === null)
      return read(
        first,
        () => true,
        (name) => name,
      );
    const start = `${listField}.`;
    const own = read(
      first,
      (name) => !name.startsWith(start),
      (name) => name,
    );
    const list = lines.map((line) =>
      read(
        line,
        (name) => name.startsWith(start),
        (name) => name.slice(start.length),
      ),
    );
    return { ...own, [listField]: list };
  }
}
