import { and, eq, inArray, lt, notLike, or, sql } from "drizzle-orm";
import { activationRequests, handoffCodes } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { ERASED_HOST } from "@/lib/people/profile/rules";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

const MINUTE_MS = 60_000;
/** Longer than a healthy run needs to begin. One that is still at work keeps its place, whoever asks again. */
const LOST_AFTER_MS = 5 * MINUTE_MS;
/** Well over the longest that a healthy run takes between two steps. */
const STUCK_AFTER_MS = 15 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Has requests worked on again that seem forgotten; a run that is still at work keeps its place. Returns how many. */
export async function reviveRequests(tx: SystemTransaction, now: Date): Promise<number> {
  const lost = new Date(now.getTime() - LOST_AFTER_MS);
  const forgotten = new Date(now.getTime() - STUCK_AFTER_MS);
  const hasEnded = and(
    inArray(activationRequests.state, ["settled", "cancelled"]),
    lt(activationRequests.settledAt, forgotten),
  );
  const stuck = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(
      or(
        and(eq(activationRequests.state, "processing"), lt(activationRequests.updatedAt, lost)),
        and(
          eq(activationRequests.state, "awaiting_partner"),
          lt(activationRequests.deadlineAt, new Date(now.getTime() - MINUTE_MS)),
        ),
        and(hasEnded, or(isWithoutMail, isUntold(now))),
      ),
    );
  for (const request of stuck)
    await enqueueEvent(tx, "activation/request.submitted", { requestId: request.id });
  return stuck.length;
}

/** Ended, and its one mail was never queued: a cancelled request gets none, nor one whose mail was erased with a person. */
export const isWithoutMail = and(
  eq(activationRequests.state, "settled"),
  notLike(activationRequests.notifiedEmail, `%@${ERASED_HOST}`),
  sql`not exists (
    select 1 from outbox_mails m where m.kind = 'request_settled' and m.subject_id = ${activationRequests.id})`,
);

/** Ended, and the vendor still waits for our decision about a consent: it is told for as long as it keeps that one. */
const isUntold = (
  now: Date,
) => sql`exists (select 1 from request_consents o join grants g on g.id = o.grant_id
  where o.request_id = ${activationRequests.id} and g.keys_from = 'decision' and g.expires_at > ${now.toISOString()}
  and not exists (select 1 from vendor_calls c where c.connector = g.connector and c.stage = g.stage
    and c.vendor_request = g.vendor_request and c.verb = 'decide' and c.state = 'answered'))`;

/** Hand-off codes say nothing once they are a day old. */
export async function purgeHandoffCodes(tx: SystemTransaction, now: Date): Promise<void> {
  await tx.delete(handoffCodes).where(lt(handoffCodes.expiresAt, new Date(now.getTime() - DAY_MS)));
}
