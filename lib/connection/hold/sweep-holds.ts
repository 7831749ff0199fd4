import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { connections, holds } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

const BATCH = 200;

/**
 * Notes in the row that a pause is over, and has its connection checked: the daily checks were left out. The pause itself
 * ends by its date, whether or not a sweep comes. Returns how many.
 */
export async function endPauses(tx: SystemTransaction, now: Date): Promise<number> {
  const over = await tx
    .select({ id: holds.id, until: holds.until, connectionId: holds.connectionId, state: connections.state })
    .from(holds)
    .innerJoin(connections, eq(connections.id, holds.connectionId))
    .where(and(eq(holds.kind, "pause"), isNull(holds.liftedAt), lte(holds.until, now)))
    .orderBy(asc(holds.until))
    .limit(BATCH)
    .for("update", { of: holds, skipLocked: true });
  for (const { id, until, connectionId, state } of over) {
    await tx.update(holds).set({ liftedAt: until }).where(eq(holds.id, id));
    if (LIVE_STATES.some((live) => live === state))
      await enqueueEvent(tx, "connection/check.wanted", { connectionId });
  }
  return over.length;
}
