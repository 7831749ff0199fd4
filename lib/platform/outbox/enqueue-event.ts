import { sql } from "drizzle-orm";
import { outboxEvents } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findTraceId } from "@/lib/platform/trace";
import { type EventData, type EventName, events } from "./events";

/** A statement has room for 65,535 parameters, and a row takes up to six. */
const ROWS_AT_ONCE = 1000;

/**
 * Writes an event beside the change that makes it true and wakes the worker at commit. What is lost after the commit
 * is sent again from the row; the row's id is the event's id, so that it is taken in once.
 */
export async function enqueueEvent<N extends EventName>(
  tx: ScopedTransaction,
  name: N,
  data: EventData<N>,
): Promise<void> {
  await enqueueEvents(tx, name, [data]);
}

/** The same for any number of events of a kind, in few statements. They are sent in this order. */
export async function enqueueEvents<N extends EventName>(
  tx: ScopedTransaction,
  name: N,
  list: readonly EventData<N>[],
): Promise<void> {
  if (list.length === 0) return;
  const traceId = findTraceId();
  for (let start = 0; start < list.length; start += ROWS_AT_ONCE) {
    const some = list.slice(start, start + ROWS_AT_ONCE);
    await tx
      .insert(outboxEvents)
      .values(some.map((data) => ({ name, data: events[name].parse(data), traceId })));
  }
  await tx.execute(sql`select wake.outbox()`);
}
