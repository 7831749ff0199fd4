import { and, eq, gt, inArray, lt, notLike, or, sql } from "drizzle-orm";
import { activationRequests, grants, handoffCodes, requestConsents } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { ERASED_HOST } from "@/lib/people/profile/rules";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";

const MINUTE_MS = 60_000;
/** Longer than a healthy run needs to begin. One that is still at work keeps its place, whoever asks again. */
const LOST_AFTER_MS = 5 * MINUTE_MS;
/** Well over the longest that a healthy run takes between two steps. */
const STUCK_AFTER_MS = 15 * MINUTE_MS;
/** A worker that was away for longer finds them by the hourly comparison. */
const UNMAILED_IS_LOOKED_FOR_MS = 7 * 24 * 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Has requests worked on again that seem forgotten; a run that is still at work keeps its place. Each kind is asked for by
 * itself, so that each has an index: no question reads all requests that ever were. Returns how many.
 */
export async function reviveRequests(tx: SystemTransaction, now: Date): Promise<number> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const ids = () => tx.select({ requestId: activationRequests.id }).from(activationRequests);
  const undone = ids().where(
    or(
      and(
        eq(activationRequests.state, "processing"),
        lt(activationRequests.updatedAt, before(LOST_AFTER_MS)),
      ),
      and(
        eq(activationRequests.state, "awaiting_partner"),
        lt(activationRequests.deadlineAt, before(MINUTE_MS)),
      ),
    ),
  );
  const unmailed = ids().where(
    and(
      isWithoutMail,
      lt(activationRequests.settledAt, before(STUCK_AFTER_MS)),
      gt(activationRequests.settledAt, before(UNMAILED_IS_LOOKED_FOR_MS)),
    ),
  );
  const untold = ids()
    .innerJoin(requestConsents, eq(requestConsents.requestId, activationRequests.id))
    .innerJoin(grants, eq(grants.id, requestConsents.grantId))
    .where(
      and(
        isUntold(now),
        inArray(activationRequests.state, ["settled", "cancelled"]),
        lt(activationRequests.settledAt, before(STUCK_AFTER_MS)),
      ),
    );
  const stuck = [...(await undone), ...(await unmailed), ...(await untold)];
  const once = [...new Set(stuck.map(({ requestId }) => requestId))].map((requestId) => ({ requestId }));
  await enqueueEvents(tx, "activation/request.submitted", once);
  return once.length;
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
) => sql`${grants.keysFrom} = 'decision' and ${grants.expiresAt} > ${now.toISOString()}
  and not exists (select 1 from vendor_calls c where c.connector = ${grants.connector} and c.stage = ${grants.stage}
    and c.vendor_request = ${grants.vendorRequest} and c.verb = 'decide' and c.state = 'answered')`;

/** Hand-off codes say nothing once they are a day old. */
export async function purgeHandoffCodes(tx: SystemTransaction, now: Date): Promise<void> {
  await tx.delete(handoffCodes).where(lt(handoffCodes.expiresAt, new Date(now.getTime() - DAY_MS)));
}
