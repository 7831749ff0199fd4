import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { DoorTransaction } from "@/db/scope";
import type { RowProblem } from "@/lib/connectors/entity";
import { readRow } from "@/lib/connectors/entity-row";
import type { OpenDelivery } from "./open-delivery";
import { hashContent, hashKey, sealBody, sealKey, sealProblems } from "./sealed-row";
import { addSet, findUnchanged } from "./unchanged-sets";

/** A row as a door read it: its place in what was sent, and its fields before any schema. */
export type IncomingRow = {
  position: number;
  fields: unknown;
  /** What came is no row at all: `fields` is its text. */
  isUnreadable?: boolean;
  replacesRowId?: string;
};

/** `key` is the sender's own, as far as the row has one. */
export type CheckedRow = { rowId: string; position: number; key: string | null; problems: RowProblem[] };

/** Rows a statement: a text of about ten megabytes for rows of two kilobytes. */
const ROWS_AT_ONCE = 5_000;
const LONGEST_KEY = 200;

/**
 * Checks rows by the schema and the connector's own rules and stores them sealed. A bad row is rejected alone, with every
 * field that is wrong; the others go on. Where the delivery has sets, rows that came as they were last written go there. Gives
 * what was found of each, in order.
 */
export async function addRows(
  tx: DoorTransaction,
  delivery: OpenDelivery,
  rows: readonly IncomingRow[],
): Promise<CheckedRow[]> {
  const checked: CheckedRow[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE).map((row) => judgeRow(delivery, row));
    const isInSet = await keepUnchanged(tx, delivery, some);
    const others = some.filter(({ position }) => !isInSet.has(position));
    if (others.length > 0)
      await insertRows(
        tx,
        delivery,
        others.map((row) => sealRow(delivery, row)),
      );
    for (const { rowId, position, key, problems } of some) checked.push({ rowId, position, key, problems });
  }
  return checked;
}

/** What a preview shows of a row: the same checks, and nothing is stored. */
export function checkRow(
  { entity, settings }: Pick<OpenDelivery["target"], "entity" | "settings">,
  fields: unknown,
): { row: Record<string, unknown> | null; problems: RowProblem[] } {
  const read = readRow(entity, fields);
  if (read.problems) return { row: null, problems: read.problems };
  // Without settings the row waits for them, and is checked again when they are there.
  const problems = settings === null ? [] : entity.check(read.row, settings);
  return { row: read.row, problems };
}

const UNREADABLE: ReturnType<typeof checkRow> = {
  row: null,
  problems: [{ field: null, cause: "row_unreadable" }],
};

type JudgedRow = CheckedRow & {
  keyHash: string | null;
  contentHash: string | null;
  fields: unknown;
  replacesRowId: string | null;
};

type PreparedRow = JudgedRow & {
  sealedKey: string | null;
  sealedBody: string;
  sealedProblems: string | null;
};

function judgeRow({ target, data }: OpenDelivery, incoming: IncomingRow): JudgedRow {
  const { position, fields, isUnreadable, replacesRowId = null } = incoming;
  const rowId = uuidv7();
  const { row, problems } = isUnreadable ? UNREADABLE : checkRow(target, fields);
  const key = findKey(target.entity.keyField, row ?? fields);
  return {
    rowId,
    position,
    key,
    problems,
    keyHash: key === null ? null : hashKey(data, target.entity.id, key),
    contentHash: row && hashContent(data, row),
    fields,
    replacesRowId,
  };
}

function sealRow({ data }: OpenDelivery, row: JudgedRow): PreparedRow {
  const { rowId, key, fields, problems } = row;
  return {
    ...row,
    sealedKey: key === null ? null : sealKey(data, rowId, key),
    sealedBody: sealBody(data, rowId, fields),
    sealedProblems: problems.length > 0 ? sealProblems(data, rowId, problems) : null,
  };
}

/** Puts what has not changed into a set. Gives the positions of those rows. */
async function keepUnchanged(
  tx: DoorTransaction,
  { id: deliveryId, target, data, unchangedSince }: OpenDelivery,
  rows: readonly JudgedRow[],
): Promise<ReadonlySet<number>> {
  if (unchangedSince === null) return new Set();
  const comparable = rows.flatMap(({ position, key, keyHash, contentHash, problems, replacesRowId }) =>
    key !== null && keyHash !== null && contentHash !== null && problems.length === 0 && !replacesRowId
      ? [{ position, key, keyHash, contentHash }]
      : [],
  );
  const found = await findUnchanged(tx, target.owner, comparable);
  const unchanged = comparable.filter(({ position }) => found.has(position));
  await addSet(tx, data, { deliveryId, owner: target.owner, entity: target.entity.id }, unchanged);
  return found;
}

/** A row that its schema refuses may still say whose outcome it is. */
function findKey(keyField: string, fields: unknown): string | null {
  if (typeof fields !== "object" || fields === null) return null;
  const key: unknown = Reflect.get(fields, keyField);
  if (typeof key !== "string") return null;
  const text = key.trim();
  return text === "" || text.length > LONGEST_KEY ? null : text;
}

/** Whose the rows are is copied from the delivery's row. */
async function insertRows(
  tx: DoorTransaction,
  delivery: OpenDelivery,
  rows: readonly PreparedRow[],
): Promise<void> {
  const column = <T>(read: (row: PreparedRow) => T) => sql.param(rows.map(read));
  await tx.execute(sql`
    insert into delivery_rows (id, delivery_id, connection_id, partner_id, account_id, entity, position, key_hash,
      content_hash, sealed_key, sealed_body, sealed_problems, state, cause, field, vendor_code, replaces_row_id)
    select r.id, d.id, d.connection_id, d.partner_id, d.account_id, d.entity, r.position, r.key_hash,
      r.content_hash, r.sealed_key, r.sealed_body, r.sealed_problems,
      case when r.cause is null then 'collected' else 'rejected' end, r.cause, r.field, r.vendor_code, r.replaces_row_id
    from deliveries d cross join unnest(
      ${column((row) => row.rowId)}::uuid[], ${column((row) => row.position)}::int[],
      ${column((row) => row.keyHash)}::text[], ${column((row) => row.contentHash)}::text[],
      ${column((row) => row.sealedKey)}::text[], ${column((row) => row.sealedBody)}::text[],
      ${column((row) => row.sealedProblems)}::text[], ${column((row) => row.problems[0]?.cause ?? null)}::text[],
      ${column((row) => row.problems[0]?.field ?? null)}::text[],
      ${column((row) => row.problems[0]?.vendorCode ?? null)}::text[],
      ${column((row) => row.replacesRowId)}::uuid[]
    ) as r(id, position, key_hash, content_hash, sealed_key, sealed_body, sealed_problems, cause, field, vendor_code,
      replaces_row_id)
    where d.id = ${delivery.id} and d.state = 'collecting'`);
}
