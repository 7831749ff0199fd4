import { and, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { deliveryRows, writtenRecords } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { Cause } from "@/lib/connectors/causes";
import type { RowProblem, VendorRecord } from "@/lib/connectors/entity";
import type { ConnectionData } from "@/lib/platform/seal/connection-data";
import { settleDeliveries } from "./close-delivery";
import type { Owner } from "./load-target";
import { lockFeed, publishOutcomes } from "./publish-outcomes";
import { type RowEvent, rowMachine } from "./rules";
import { OUTCOMES, type RowState } from "./schema";
import { sealProblems, sealRowRecord, sealWritten } from "./sealed-row";

export type Row = typeof deliveryRows.$inferSelect;

/** What a transaction about rows of one connection works with. */
export type Work = { owner: Owner; data: ConnectionData };

export type Move = {
  event: RowEvent;
  cause?: Cause;
  problems?: readonly RowProblem[];
  record?: VendorRecord;
  wasCreated?: boolean;
  /** What the vendor has is exactly what the row says: the same row again is unchanged. */
  isAsSent?: boolean;
  waitsFor?: string | null;
  nextAt?: Date | null;
  lookUps?: number;
  tries?: number;
  sentUnder?: string;
};

const ENDED: readonly RowState[] = ["written", "unchanged", "superseded"];

/**
 * Moves a row on, with everything that follows from it, in the caller's transaction: history and counters, what was last
 * written, rows that waited for it, the end of its delivery. Gives false when the row has moved since it was read. A row that
 * would be queued or wait while a newer one of its key does is superseded instead.
 */
export async function moveRow(tx: SystemTransaction, work: Work, row: Row, move: Move): Promise<boolean> {
  await lockFeed(tx, work.owner);
  const next = rowMachine.next(row.state, move.event);
  if (next === null) throw new Error(`a row that is ${row.state} cannot ${move.event}`);
  const isReplaced = ["queued", "waiting"].includes(next) && (await hasNewer(tx, row));
  const to = isReplaced ? "superseded" : next;
  const { data } = work;
  const [moved] = await tx
    .update(deliveryRows)
    .set({
      state: to,
      stateSince: new Date(),
      cause: to === "rejected" || to === "waiting" ? (move.cause ?? null) : null,
      field: move.problems?.[0]?.field ?? null,
      vendorCode: move.problems?.[0]?.vendorCode ?? null,
      sealedProblems: move.problems ? sealProblems(data, row.id, move.problems) : null,
      nextAt: isReplaced ? null : (move.nextAt ?? null),
      waitsFor: to === "waiting" ? (move.waitsFor ?? null) : null,
      ...(move.record && { sealedRecord: sealRowRecord(data, row.id, move.record) }),
      ...(move.wasCreated !== undefined && { wasCreated: move.wasCreated }),
      ...(move.lookUps !== undefined && { lookUps: move.lookUps }),
      ...(move.tries !== undefined && { tries: move.tries }),
      ...(to === "sending" && { sentUnder: move.sentUnder, sentAt: new Date() }),
      ...(ENDED.includes(to) && { sealedBody: null }),
    })
    .where(and(eq(deliveryRows.id, row.id), eq(deliveryRows.state, row.state)))
    .returning();
  if (!moved) return false;
  if (move.record) await rememberWritten(tx, work, moved, move.record, move.isAsSent === true);
  if (OUTCOMES.some((outcome) => outcome === to)) {
    await publishOutcomes(
      tx,
      work.owner,
      sql`select id as row_id, delivery_id, entity, state as outcome, cause, position as place from delivery_rows
        where id = ${row.id}`,
    );
    await carryOn(tx, work, moved);
    await settleDeliveries(tx, work.owner.connectionId);
  }
  return true;
}

const ofKey = (row: Pick<Row, "connectionId" | "keyHash">): SQL | undefined =>
  and(eq(deliveryRows.connectionId, row.connectionId), eq(deliveryRows.keyHash, row.keyHash ?? ""));

async function hasNewer(tx: SystemTransaction, row: Row): Promise<boolean> {
  const [newer] = await tx
    .select({ id: deliveryRows.id })
    .from(deliveryRows)
    .where(
      and(
        ofKey(row),
        inArray(deliveryRows.state, ["queued", "waiting"]),
        or(
          gt(deliveryRows.deliveryNumber, row.deliveryNumber ?? 0),
          and(
            eq(deliveryRows.deliveryNumber, row.deliveryNumber ?? 0),
            gt(deliveryRows.position, row.position),
          ),
        ),
      ),
    )
    .limit(1);
  return newer !== undefined;
}

async function rememberWritten(
  tx: SystemTransaction,
  { owner, data }: Work,
  row: Row,
  record: VendorRecord,
  isAsSent: boolean,
): Promise<void> {
  if (row.keyHash === null) return;
  const written = {
    contentHash: isAsSent ? row.contentHash : null,
    sealedRecord: sealWritten(data, row.keyHash, record),
    rowId: row.id,
    writtenAt: new Date(),
  };
  await tx
    .insert(writtenRecords)
    .values({ ...owner, entity: row.entity, keyHash: row.keyHash, ...written })
    .onConflictDoUpdate({ target: [writtenRecords.connectionId, writtenRecords.keyHash], set: written });
}

/** What an outcome means for other rows. */
async function carryOn(tx: SystemTransaction, work: Work, row: Row): Promise<void> {
  if (row.state === "written" || row.state === "unchanged") await recoverRejected(tx, row);
  if (row.keyHash === null) return;
  const children = await tx
    .select()
    .from(deliveryRows)
    .where(
      and(
        eq(deliveryRows.connectionId, row.connectionId),
        eq(deliveryRows.waitsFor, row.keyHash),
        eq(deliveryRows.state, "waiting"),
      ),
    );
  for (const child of children) {
    if (row.state === "written") await moveRow(tx, work, child, { event: "release" });
    if (row.state === "rejected")
      await moveRow(tx, work, child, {
        event: "give_up",
        cause: "parent_rejected",
        problems: [{ field: child.field, cause: "parent_rejected" }],
      });
  }
}

/** What was rejected of the key, and what this row mends, is in nobody's inbox any more. */
async function recoverRejected(tx: SystemTransaction, row: Row): Promise<void> {
  const mended = row.replacesRowId === null ? undefined : eq(deliveryRows.id, row.replacesRowId);
  await tx
    .update(deliveryRows)
    .set({ recoveredAt: new Date() })
    .where(
      and(
        eq(deliveryRows.connectionId, row.connectionId),
        eq(deliveryRows.state, "rejected"),
        isNull(deliveryRows.recoveredAt),
        or(row.keyHash === null ? undefined : eq(deliveryRows.keyHash, row.keyHash), mended),
      ),
    );
}
