import { asc, inArray, isNull } from "drizzle-orm";
import { outboxEvents } from "@/db/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

export type OutgoingEvent = { id: string; name: string; data: Record<string, string> };
const BATCH = 100;

/** The trace travels beside the event's own data; functions parse theirs and do not see it. */
function toOutgoing({ traceId, ...event }: OutgoingEvent & { traceId: string | null }): OutgoingEvent {
  return traceId === null ? event : { ...event, data: { ...event.data, traceId } };
}

/**
 * Sends what is in the outbox, oldest first, and marks it sent. An event that was sent but not marked goes out again
 * with the same id and is taken in once.
 */
export async function drainOutbox(
  context: WorkerContext,
  send: (events: OutgoingEvent[]) => Promise<unknown>,
): Promise<number> {
  let drained = 0;
  for (;;) {
    const batch = await asSystem(context, "read outbox", (tx) =>
      tx
        .select({
          id: outboxEvents.id,
          name: outboxEvents.name,
          data: outboxEvents.data,
          traceId: outboxEvents.traceId,
        })
        .from(outboxEvents)
        .where(isNull(outboxEvents.sentAt))
        .orderBy(asc(outboxEvents.createdAt), asc(outboxEvents.id))
        .limit(BATCH),
    );
    if (batch.length === 0) return drained;
    await send(batch.map(toOutgoing));
    const ids = batch.map((event) => event.id);
    await asSystem(context, "mark outbox", (tx) =>
      tx.update(outboxEvents).set({ sentAt: new Date() }).where(inArray(outboxEvents.id, ids)),
    );
    drained += batch.length;
  }
}
