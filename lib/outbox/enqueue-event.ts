import { sql } from "drizzle-orm";
import { outboxEvents } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findTraceId } from "@/lib/trace";
import { type EventData, type EventName, events } from "./events";

/**
 * Writes an event beside the change that makes it true and wakes the worker at commit. What is lost after the commit
 * is sent again from the row; the row's id is the event's id, so that it is taken in once.
 */
export async function enqueueEvent<N extends EventName>(
  tx: ScopedTransaction,
  name: N,
  data: EventData<N>,
): Promise<void> {
  await tx.insert(outboxEvents).values({ name, data: events[name].parse(data), traceId: findTraceId() });
  await tx.execute(sql`select wake.outbox()`);
}
