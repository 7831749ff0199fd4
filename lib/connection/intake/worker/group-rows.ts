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
  readonly #names: readonly string[];
  readonly #keyPlace: number | null;
  /** Columns of the record itself, and those of its lines with their names in a line. */
  readonly #own: FileLayout["columns"];
  readonly #ofLine: FileLayout["columns"];

  constructor(private readonly layout: FileLayout) {
    const { columns, keyColumn, listField } = layout;
    const names: string[] = [];
    for (const { name, place } of columns) names[place] = name;
    this.#names = names;
    this.#keyPlace = columns.find(({ name }) => name === keyColumn)?.place ?? null;
    const start = listField === null ? null : `${listField}.`;
    const isOfLine = (name: string) => start !== null && name.startsWith(start);
    this.#own = columns.filter(({ name }) => !isOfLine(name));
    this.#ofLine = columns
      .filter(({ name }) => isOfLine(name))
      .map(({ name, place }) => ({ name: name.slice(start?.length ?? 0), place }));
  }

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
    const key = this.#keyPlace === null ? "" : (row.cells[this.#keyPlace]?.trim() ?? "");
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
    return findDestroyedCell(this.#names, row.cells, [this.layout.keyColumn]);
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

  /** Fields of the first line, and the list of all lines. */
  #fieldsOf(lines: readonly CsvRow[]): Record<string, unknown> {
    const [first] = lines;
    const { listField } = this.layout;
    if (!first) return {};
    const own = readFields(this.#own, first);
    return listField === null
      ? own
      : { ...own, [listField]: lines.map((line) => readFields(this.#ofLine, line)) };
  }
}

/** An empty cell is a field that the row does not have. */
function readFields(columns: FileLayout["columns"], { cells }: CsvRow): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { name, place } of columns) {
    const cell = cells[place];
    if (cell?.trim()) fields[name] = cell;
  }
  return fields;
}
