import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { deliveryRows, uploadOpenRows, uploads } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { openKey } from "@/lib/connection/delivery/sealed-row";
import { findConnectionData } from "@/lib/platform/seal/connection-data";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { storeFile } from "./store-file";
import { loadUploadTarget } from "./take-upload";
import { RESULT_COLUMNS, reasonOf, tellRow, toLine, toResultLine } from "./tell-row";
import { toBytes } from "./write-log";

type OpenRow = typeof uploadOpenRows.$inferSelect;
type Row = typeof deliveryRows.$inferSelect;
type Moved = { open: OpenRow; row: Row };

const FILES_AT_ONCE = 50;
const ROWS_AT_ONCE = 5_000;
/** Of the delimiters that files come with, the one that spreadsheets of the Nordic countries open by themselves. */
const DELIMITER = ";";
const UNDER_WAY: readonly string[] = ["collected", "queued", "sending"];
/** The same as `reasonOf`, of the row `r`. */
const REASON = sql`concat_ws(' ', r.cause, r.field, r.vendor_code)`;
const FINAL: readonly string[] = ["written", "unchanged", "superseded"];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** For so long a row that is under way is waited for. */
const UNDER_WAY_MS = 10 * MINUTE_MS;
/** As long as a rejected row can be mended and a waiting one waits. */
const FOLLOWED_MS = 31 * DAY_MS;

/** How long after a look the next one is due, by the age of the file's first result. */
function nextLookMs(ageMs: number): number | null {
  if (ageMs < HOUR_MS) return MINUTE_MS;
  if (ageMs < DAY_MS) return 5 * MINUTE_MS;
  return ageMs < FOLLOWED_MS ? 15 * MINUTE_MS : null;
}

/**
 * Writes a further result, `NAME.result-2.csv` and so on, for each file of which rows have another outcome than its last result
 * says: what waited and ended, an answer that was found, a row that a person mended. It holds those rows alone. Gives how many
 * files got one; a file that fails is logged and looked at again.
 */
export async function tellLaterOutcomes(context: WorkerContext, now = new Date()): Promise<number> {
  const due = await asSystem(context, "list open rows of files", (tx) =>
    tx
      .select({ id: uploads.id })
      .from(uploads)
      .where(lte(uploads.lookAt, now))
      .orderBy(uploads.lookAt)
      .limit(FILES_AT_ONCE),
  );
  let written = 0;
  for (const { id } of due) {
    try {
      if (await asSystem(context, "tell later outcomes", (tx) => tellOf(tx, context, id, now))) written += 1;
    } catch (error) {
      context.log.error({ err: error, uploadId: id }, "later outcomes of a file were not told");
    }
  }
  return written;
}

async function tellOf(
  tx: SystemTransaction,
  context: WorkerContext,
  uploadId: string,
  now: Date,
): Promise<boolean> {
  const [upload] = await tx
    .select()
    .from(uploads)
    .where(and(eq(uploads.id, uploadId), lte(uploads.lookAt, now)))
    .for("update");
  // Another worker was first.
  if (!upload?.endedAt || upload.resultStem === null) return false;
  const moved = await listMoved(tx, uploadId);
  // Rows that were sent again a moment ago come with the others, in one file; those that hang do not hold it up.
  const isSoonDone = moved.some(
    ({ row }) => UNDER_WAY.includes(row.state) && now.getTime() - row.stateSince.getTime() < UNDER_WAY_MS,
  );
  const told = isSoonDone ? [] : moved.filter(({ row }) => !UNDER_WAY.includes(row.state));
  const changed = told.filter(
    ({ open, row }) =>
      row.state !== open.told ||
      // Rejected once more, for another reason.
      (row.state === "rejected" && open.toldBecause !== null && open.toldBecause !== reasonOf(row)),
  );
  const isWritten = changed.length > 0;
  if (isWritten) await writeFurther(tx, context, upload, changed);
  const ended = told.filter(({ row }) => isOver(row)).map(({ open }) => open);
  await forget(tx, uploadId, ended);
  const nextMs = nextLookMs(now.getTime() - upload.endedAt.getTime());
  if (nextMs === null) await tx.delete(uploadOpenRows).where(eq(uploadOpenRows.uploadId, uploadId));
  const [left] = await tx
    .select({ rowId: uploadOpenRows.rowId })
    .from(uploadOpenRows)
    .where(eq(uploadOpenRows.uploadId, uploadId))
    .limit(1);
  await tx
    .update(uploads)
    .set({
      lookAt: left && nextMs !== null ? new Date(now.getTime() + nextMs) : null,
      ...(isWritten && { resultCount: upload.resultCount + 1 }),
    })
    .where(eq(uploads.id, uploadId));
  return isWritten;
}

/** Nothing more comes of it: written, or put aside by a person. */
const isOver = (row: Row): boolean =>
  FINAL.includes(row.state) || (row.state === "rejected" && row.recoveredAt !== null);

/**
 * The open rows of a file that have another state or reason than was told, or that nothing more comes of, each with the newest of the rows
 * that mend it, or itself. In the order of their lines.
 */
async function listMoved(tx: SystemTransaction, uploadId: string): Promise<Moved[]> {
  const found = await tx.execute<{ first: string; newest: string }>(sql`
    with recursive chain as (
      select o.row_id as first, r.id from upload_open_rows o join delivery_rows r on r.id = o.row_id
      where o.upload_id = ${uploadId}
      union all
      select chain.first, n.id from chain join delivery_rows n on n.replaces_row_id = chain.id
    ), newest as (select distinct on (first) first, id from chain order by first, id desc)
    select newest.first, newest.id as newest from newest
      join delivery_rows r on r.id = newest.id
      join upload_open_rows o on o.upload_id = ${uploadId} and o.row_id = newest.first
    where r.state <> o.told or (r.state = 'rejected' and o.told_because <> ${REASON}) or r.state in ${FINAL} or (r.state = 'rejected' and r.recovered_at is not null)
    order by o.line limit ${ROWS_AT_ONCE}`);
  const idsOf = (part: "first" | "newest") => found.map((one) => one[part]);
  if (found.length === 0) return [];
  const rows = await tx
    .select()
    .from(deliveryRows)
    .where(inArray(deliveryRows.id, idsOf("newest")));
  const open = await tx
    .select()
    .from(uploadOpenRows)
    .where(and(eq(uploadOpenRows.uploadId, uploadId), inArray(uploadOpenRows.rowId, idsOf("first"))));
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const openById = new Map(open.map((one) => [one.rowId, one]));
  return found.flatMap(({ first, newest }) => {
    const [one, row] = [openById.get(first), rowById.get(newest)];
    return one && row ? [{ open: one, row }] : [];
  });
}

async function writeFurther(
  tx: SystemTransaction,
  context: WorkerContext,
  upload: typeof uploads.$inferSelect,
  changed: readonly Moved[],
): Promise<void> {
  const { connector, locale } = await loadUploadTarget(tx, upload.id);
  const data = await findConnectionData(tx, context.keys, upload.connectionId);
  const lines = changed.map(({ open, row }) => {
    const key = data && row.sealedKey ? openKey(data, row.id, row.sealedKey) : null;
    return toResultLine({ line: open.line, key }, tellRow(row, { connector, locale, data }), DELIMITER);
  });
  await storeFile(tx, context.keys, upload, {
    folder: "Result",
    stem: `${upload.resultStem}.result-${upload.resultCount + 1}`,
    ending: ".csv",
    content: toBytes([toLine(RESULT_COLUMNS, DELIMITER), ...lines].join("")),
  });
  const sayings = new Map(changed.map(({ row }) => [`${row.state} ${reasonOf(row)}`, row]));
  for (const [saying, row] of sayings) {
    const alike = changed.filter((one) => `${one.row.state} ${reasonOf(one.row)}` === saying);
    const ids = alike.map(({ open }) => open.rowId);
    await tx
      .update(uploadOpenRows)
      .set({ told: row.state, toldBecause: reasonOf(row) })
      .where(and(eq(uploadOpenRows.uploadId, upload.id), inArray(uploadOpenRows.rowId, ids)));
  }
}

async function forget(tx: SystemTransaction, uploadId: string, rows: readonly OpenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ rowId }) => rowId);
  await tx
    .delete(uploadOpenRows)
    .where(and(eq(uploadOpenRows.uploadId, uploadId), inArray(uploadOpenRows.rowId, ids)));
}
