import { and, eq, lt, or } from "drizzle-orm";
import { activationRequests, handoffCodes } from "@/db/schema";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import type { SystemTransaction } from "@/lib/seal/data-key";

const MINUTE_MS = 60_000;
/** Well over the longest that a healthy run takes between two steps. */
const STUCK_AFTER_MS = 15 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Has requests worked on again that seem forgotten; a run that is still at work keeps its place. Returns how many. */
export async function reviveRequests(tx: SystemTransaction, now: Date): Promise<number> {
  const stuck = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(
      or(
        and(
          eq(activationRequests.state, "processing"),
          lt(activationRequests.updatedAt, new Date(now.getTime() - STUCK_AFTER_MS)),
        ),
        and(
          eq(activationRequests.state, "awaiting_partner"),
          lt(activationRequests.deadlineAt, new Date(now.getTime() - MINUTE_MS)),
        ),
      ),
    );
  for (const request of stuck)
    await enqueueEvent(tx, "activation/request.submitted", { requestId: request.id });
  return stuck.length;
}

/** Hand-off codes say nothing once they are a day old. */
export async function purgeHandoffCodes(tx: SystemTransaction, now: Date): Promise<void> {
  await tx.delete(handoffCodes).where(lt(handoffCodes.expiresAt, new Date(now.getTime() - DAY_MS)));
}
