import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { deliveryRows, uploadOpenRows, uploads } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { openKey } from "@/lib/connection/delivery/sealed-row";
import { findConnectionData } from "@/lib/platform/seal/connection-data";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { storeFile } from "./store-file";
import { loadUploadTarget } from "./take-upload";
import { RESULT_COLUMNS, tellRow, toLine, toResultLine } from "./tell-row";
import { toBytes } from "./write-log";

type OpenRow = typeof uploadOpenRows.$inferSelect;
type Row = typeof deliveryRows.$inferSelect;

const FILES_AT_ONCE = 50;
const ROWS_AT_ONCE = 5_000;
/** Of the delimiters that files come with, the one that spreadsheets of the Nordic countries open by themselves. */
const DELIMITER = ";";
const UNDER_WAY: readonly string[] = ["collected", "queued", "sending"];
const FINAL: readonly string[] = ["written", "unchanged", "superseded"];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
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
  const open = await tx
    .select()
    .from(uploadOpenRows)
    .where(eq(uploadOpenRows.uploadId, uploadId))
    .orderBy(uploadOpenRows.line)
    .limit(ROWS_AT_ONCE);
  const newest = await findNewest(
    tx,
    open.map(({ rowId }) => rowId),
  );
  const followed = open.map((one) => ({ one, row: newest.get(one.rowId) ?? null }));
  const changed = followed.flatMap(({ one, row }) => (row && row.state !== one.told ? [{ one, row }] : []));
  // What a person has just sent again would be told twice, half an outcome first.
  const isUnderWay = changed.some(({ row }) => UNDER_WAY.includes(row.state));
  const isWritten = changed.length > 0 && !isUnderWay;
  if (isWritten) await writeFurther(tx, context, upload, changed);
  const ended = followed.filter(({ row }) => row === null || isOver(row, isUnderWay)).map(({ one }) => one);
  await forget(tx, uploadId, ended);
  const ageMs = now.getTime() - upload.endedAt.getTime();
  const nextMs = ended.length === open.length ? null : nextLookMs(ageMs);
  if (nextMs === null) await tx.delete(uploadOpenRows).where(eq(uploadOpenRows.uploadId, uploadId));
  await tx
    .update(uploads)
    .set({
      lookAt: nextMs === null ? null : new Date(now.getTime() + nextMs),
      ...(isWritten && { resultCount: upload.resultCount + 1 }),
    })
    .where(eq(uploads.id, uploadId));
  return isWritten;
}

/** Told, and nothing more comes of it: written, or put aside by a person. */
const isOver = (row: Row, isPostponed: boolean): boolean =>
  !isPostponed && (FINAL.includes(row.state) || (row.state === "rejected" && row.recoveredAt !== null));

/** For each of these rows the newest of those that mend it, or the row itself; rows whose delivery is gone are missing. */
async function findNewest(tx: SystemTransaction, rowIds: string[]): Promise<Map<string, Row>> {
  if (rowIds.length === 0) return new Map();
  const chains = await tx.execute<{ first: string; newest: string }>(sql`
    with recursive chain as (
      select r.id as first, r.id from delivery_rows r where r.id in ${rowIds}
      union all
      select chain.first, n.id from chain join delivery_rows n on n.replaces_row_id = chain.id
    )
    select first, (array_agg(id order by id desc))[1] as newest from chain group by first`);
  const ids = chains.map(({ newest }) => newest);
  const rows =
    ids.length === 0 ? [] : await tx.select().from(deliveryRows).where(inArray(deliveryRows.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    chains.flatMap(({ first, newest }) => {
      const row = byId.get(newest);
      return row ? [[first, row] as const] : [];
    }),
  );
}

async function writeFurther(
  tx: SystemTransaction,
  context: WorkerContext,
  upload: typeof uploads.$inferSelect,
  changed: readonly { one: OpenRow; row: Row }[],
): Promise<void> {
  const { connector, locale } = await loadUploadTarget(tx, upload.id);
  const data = await findConnectionData(tx, context.keys, upload.connectionId);
  const lines = changed.map(({ one, row }) => {
    const key = data && row.sealedKey ? openKey(data, row.id, row.sealedKey) : null;
    return toResultLine({ line: one.line, key }, tellRow(row, { connector, locale, data }), DELIMITER);
  });
  await storeFile(tx, context.keys, upload, {
    folder: "Result",
    stem: `${upload.resultStem}.result-${upload.resultCount + 1}`,
    ending: ".csv",
    content: toBytes([toLine(RESULT_COLUMNS, DELIMITER), ...lines].join("")),
  });
  for (const { one, row } of changed)
    await tx
      .update(uploadOpenRows)
      .set({ told: row.state })
      .where(and(eq(uploadOpenRows.uploadId, upload.id), eq(uploadOpenRows.rowId, one.rowId)));
}

async function forget(tx: SystemTransaction, uploadId: string, rows: readonly OpenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ rowId }) => rowId);
  await tx
    .delete(uploadOpenRows)
    .where(and(eq(uploadOpenRows.uploadId, uploadId), inArray(uploadOpenRows.rowId, ids)));
}
