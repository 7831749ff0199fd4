import { and, eq, exists, inArray, isNotNull, isNull, lt, not, or, sql } from "drizzle-orm";
import {
  bodyViews,
  deliveries,
  deliveryQueues,
  deliveryRows,
  outcomeEvents,
  rowVerdicts,
  unchangedSets,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A queue that is due for this long has no run that comes back for it. */
const LOST_AFTER_MS = MINUTE_MS;
/** A delivery whose end was not seen by then is dropped; its sender begins anew. */
const COLLECTING_LASTS_MS = DAY_MS;
const REJECTED_BODIES_LAST_MS = 30 * DAY_MS;
const ROWS_LAST_MS = 90 * DAY_MS;

/** Wakes a run for each vendor application whose due queues were left behind. Gives how many it woke. */
export async function reviveDeliveries(tx: SystemTransaction, now: Date): Promise<number> {
  const { leasedUntil, dueAt, vendorApplicationId } = deliveryQueues;
  const left = await tx
    .selectDistinct({ vendorApplicationId })
    .from(deliveryQueues)
    .where(
      and(lt(dueAt, new Date(now.getTime() - LOST_AFTER_MS)), or(isNull(leasedUntil), lt(leasedUntil, now))),
    );
  await enqueueEvents(tx, "delivery/rows.waiting", left);
  return left.length;
}

/** Drops what was cut off, and forgets what its retention does not keep. */
export async function purgeDeliveries(tx: SystemTransaction, now: Date): Promise<void> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const isCut = and(
    eq(deliveries.state, "collecting"),
    lt(deliveries.createdAt, before(COLLECTING_LASTS_MS)),
  );
  const cut = await tx.update(deliveries).set({ state: "dropped", settledAt: now }).where(isCut).returning();
  const ids = cut.map(({ id }) => id);
  if (ids.length > 0) {
    await tx.delete(deliveryRows).where(inArray(deliveryRows.deliveryId, ids));
    await tx.delete(unchangedSets).where(inArray(unchangedSets.deliveryId, ids));
  }
  await tx
    .update(deliveryRows)
    .set({ sealedBody: null, sealedProblems: null })
    .where(
      and(
        isNotNull(deliveryRows.sealedBody),
        lt(deliveryRows.stateSince, before(REJECTED_BODIES_LAST_MS)),
        eq(deliveryRows.state, "rejected"),
      ),
    );
  const open = tx
    .select({ one: sql`1` })
    .from(deliveryRows)
    .where(
      and(
        eq(deliveryRows.deliveryId, deliveries.id),
        inArray(deliveryRows.state, ["waiting", "unknown", "incomplete"]),
        isNotNull(deliveryRows.sealedBody),
      ),
    );
  await tx
    .delete(deliveries)
    .where(
      and(
        inArray(deliveries.state, ["settled", "dropped"]),
        lt(deliveries.settledAt, before(ROWS_LAST_MS)),
        not(exists(open)),
      ),
    );
  await tx.delete(outcomeEvents).where(lt(outcomeEvents.at, before(ROWS_LAST_MS)));
  await tx.delete(bodyViews).where(lt(bodyViews.createdAt, before(DAY_MS)));
  // A verdict that no worker could carry out by then is void: the row is as it was.
  await tx.delete(rowVerdicts).where(lt(rowVerdicts.createdAt, before(COLLECTING_LASTS_MS)));
}
