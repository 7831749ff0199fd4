import { and, desc, eq, sql } from "drizzle-orm";
import { deliveryRows, writtenRecords } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { EntityId } from "@/lib/connectors/entity";
import { moveRow, type Row, type Work } from "./move-row";
import { lockFeed } from "./publish-outcomes";
import { hashKey } from "./sealed-row";

/**
 * Lets a row wait for the record of another key, of its own entity or another, which may come later. When that one was
 * rejected, or waits for this one, the row is rejected at once. The feed is locked before anything is read: the transaction
 * that records the parent looks for waiting children once, so one that began to wait beside it would wait for ever.
 */
export async function waitForParent(
  tx: SystemTransaction,
  work: Work,
  row: Row,
  { entity = row.entity, key }: { entity?: EntityId; key: string },
): Promise<void> {
  await lockFeed(tx, work.owner);
  const parent = hashKey(work.data, entity, key);
  const { connectionId } = work.owner;
  const refuse = (cause: "parent_ring" | "parent_rejected") =>
    moveRow(tx, work, row, { event: "refuse", cause, problems: [{ field: null, cause }] });
  if (await isInRing(tx, row, parent)) {
    await refuse("parent_ring");
    return;
  }
  const isWritten = await tx
    .select({ rowId: writtenRecords.rowId })
    .from(writtenRecords)
    .where(and(eq(writtenRecords.connectionId, connectionId), eq(writtenRecords.keyHash, parent)));
  // It was written between the connector's question and this transaction.
  if (isWritten.length > 0) {
    await moveRow(tx, work, row, { event: "take_back" });
    return;
  }
  const [newest] = await tx
    .select({ state: deliveryRows.state })
    .from(deliveryRows)
    .where(and(eq(deliveryRows.connectionId, connectionId), eq(deliveryRows.keyHash, parent)))
    .orderBy(desc(deliveryRows.id))
    .limit(1);
  if (newest?.state === "rejected") await refuse("parent_rejected");
  else await moveRow(tx, work, row, { event: "wait", cause: "parent_missing", waitsFor: parent });
}

async function isInRing(tx: SystemTransaction, row: Row, parent: string): Promise<boolean> {
  const [ring] = await tx.execute<{ isRing: boolean }>(sql`
    with recursive up(key_hash) as (
      select ${parent}::text
      union
      select r.waits_for from delivery_rows r join up on r.key_hash = up.key_hash
      where r.connection_id = ${row.connectionId} and r.state = 'waiting' and r.waits_for is not null
    )
    select exists (select from up where key_hash = ${row.keyHash}) as "isRing"`);
  return ring?.isRing === true;
}
