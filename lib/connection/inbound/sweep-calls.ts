import { lt } from "drizzle-orm";
import { inboundCalls, inboundNotices } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import { CALLS_LAST_MS, NOTICES_LAST_MS } from "./schema";

const LOST_AFTER_MS = 5 * 60_000;

/** Has calls read whose job was lost, and forgets what is old. Returns how many applications have some that wait. */
export async function sweepCalls(tx: SystemTransaction, now: Date): Promise<number> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await tx.delete(inboundCalls).where(lt(inboundCalls.receivedAt, before(CALLS_LAST_MS)));
  await tx.delete(inboundNotices).where(lt(inboundNotices.receivedAt, before(NOTICES_LAST_MS)));
  const waiting = await tx
    .selectDistinct({ vendorApplicationId: inboundCalls.vendorApplicationId })
    .from(inboundCalls)
    .where(lt(inboundCalls.receivedAt, before(LOST_AFTER_MS)));
  await enqueueEvents(tx, "vendor/called", waiting);
  return waiting.length;
}
