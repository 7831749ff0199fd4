import { createHash } from "node:crypto";
import { checkRow } from "@/lib/connection/delivery/add-rows";
import { findUnknownColumns } from "@/lib/connection/intake/format/columns";
import { openCsv } from "@/lib/connection/intake/format/csv";
import type { CsvHeader, CsvRow, Encoding } from "@/lib/connection/intake/format/schema";
import type { Entity } from "@/lib/connectors/entity";
import { listColumns } from "@/lib/connectors/entity-row";
import { MOST_BYTES, MOST_RECORDS } from "./rules";
import type { ImportProblem, RecordProblem } from "./schema";

/** One record of the file with the rows that it was made of. */
export type FileRecord = {
  position: number;
  line: number;
  key: string | null;
  fields: Record<string, unknown>;
  problems: RecordProblem[];
  rows: CsvRow[];
};

export type ReadFile = {
  header: CsvHeader;
  encoding: Encoding;
  records: FileRecord[];
  fingerprint: string;
};

type Target = { entity: Entity; settings: Record<string, unknown> | null };

/** Reads a file of an entity whole, each record checked as a delivery checks it. Nothing is stored. */
export async function readFile(
  bytes: Uint8Array,
  target: Target,
): Promise<ReadFile | { problems: ImportProblem[] }> {
  if (bytes.length > MOST_BYTES) return { problems: [{ code: "too_large" }] };
  const columns = listColumns(target.entity.schema);
  const known = columns.map(({ name }) => name);
  const opened = await openCsv([bytes], { envelope: "optional", integrationId: null, knownColumns: known });
  if ("problem" in opened) return { problems: [opened.problem] };
  // A file of bad rows that was mended brings our two columns back.
  const { returnedColumns, names } = opened.header;
  const header = { ...opened.header, names: names.slice(0, names.length - returnedColumns) };
  const unknown = findUnknownColumns(header.names, known);
  if (unknown.length > 0) return { problems: unknown };
  const rows: CsvRow[] = [];
  for await (const some of opened.rows()) {
    rows.push(...some);
    if (rows.length > MOST_RECORDS * 20) return { problems: [{ code: "too_many_records" }] };
  }
  const records = groupRows(rows, header, target);
  if (records.length === 0) return { problems: [{ code: "no_records" }] };
  if (records.length > MOST_RECORDS) return { problems: [{ code: "too_many_records" }] };
  const fingerprint = createHash("sha256").update(target.entity.id).update("\0").update(bytes).digest("hex");
  return { header, encoding: opened.encoding(), records, fingerprint };
}

/** Rows that follow each other with the same key are the lines of one record. */
function groupRows(rows: readonly CsvRow[], header: CsvHeader, target: Target): FileRecord[] {
  const { keyField } = target.entity;
  const hasLines = header.names.some((name) => name.includes("."));
  const groups: CsvRow[][] = [];
  let lastKey: string | null = null;
  for (const row of rows) {
    const key = row.problem ? null : (toCells(row, header).get(keyField) ?? null);
    const last = groups.at(-1);
    if (last && hasLines && key !== null && key === lastKey) last.push(row);
    else groups.push([row]);
    lastKey = key;
  }
  return groups.map((group) => toRecord(group, header, target));
}

/** A cell that is empty says nothing of its field. */
function toCells(row: CsvRow, { names }: CsvHeader): Map<string, string> {
  return new Map(
    names.flatMap((name, index) => {
      const cell = row.cells[index]?.trim() ?? "";
      return cell === "" ? [] : [[name, cell] as const];
    }),
  );
}

function toRecord(rows: CsvRow[], header: CsvHeader, { entity, settings }: Target): FileRecord {
  const [first] = rows;
  const { position, line } = first ?? { position: 0, line: 0 };
  const broken = rows.flatMap(({ problem }): RecordProblem[] =>
    problem ? [{ field: problem.field ?? null, cause: problem.code, isOfFile: true }] : [],
  );
  if (broken.length > 0) return { position, line, key: null, fields: {}, problems: broken, rows };
  const fields: Record<string, unknown> = {};
  const lines = new Map<string, Record<string, string>[]>();
  const different: RecordProblem[] = [];
  rows.forEach((row, index) => {
    for (const [name, cell] of toCells(row, header)) {
      const [list = "", inner] = name.split(".");
      if (inner === undefined) {
        // What stands in the record's first row need not be repeated beside its other lines; what is repeated is the same.
        if (fields[name] !== undefined && fields[name] !== cell)
          different.push({ field: name, cause: "lines_disagree", isOfFile: true });
        fields[name] ??= cell;
        continue;
      }
      const own = lines.get(list) ?? rows.map((): Record<string, string> => ({}));
      lines.set(list, own);
      const line = own[index];
      if (line) line[inner] = cell;
    }
  });
  for (const [list, own] of lines) fields[list] = own;
  const checked = checkRow({ entity, settings }, fields).problems.map(
    ({ field, cause }): RecordProblem => ({
      field: field === null ? null : field.replace(/\.\d+\./, "."),
      cause,
      isOfFile: false,
    }),
  );
  const key = fields[entity.keyField];
  return {
    ...{ position, line, fields, rows },
    key: typeof key === "string" ? key : null,
    problems: [...different, ...checked],
  };
}
