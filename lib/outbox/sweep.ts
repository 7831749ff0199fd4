import { and, eq, inArray, isNotNull, lt, or } from "drizzle-orm";
import { activationRequests, drafts, grants, outboxEvents, outboxMails } from "@/db/schema";
import { purgeSignIns } from "@/lib/auth/purge-sign-ins";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { enqueueEvent } from "./enqueue-event";

const MINUTE_MS = 60_000;
const DRAFT_LASTS_MS = 30 * 24 * 60 * MINUTE_MS;
/** Well over the longest that a healthy run takes between two steps. */
const STUCK_AFTER_MS = 15 * MINUTE_MS;
const SENT_EVENTS_LAST_MS = 7 * 24 * 60 * MINUTE_MS;
const RELEASE_BEFORE_EXPIRY_MS = 15 * MINUTE_MS;

export type SweepResult = {
  drafts: number;
  grantsExpired: number;
  grantsReleased: number;
  requests: number;
  mails: number;
};

/** Brings what was left behind to a true state: everything here may run at any time and twice. */
export async function sweep(context: WorkerContext, now = new Date()): Promise<SweepResult> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  return asSystem(context, "sweep", async (tx) => {
    const oldDrafts = await tx
      .update(drafts)
      .set({ state: "expired", updatedAt: now })
      .where(and(eq(drafts.state, "open"), lt(drafts.updatedAt, before(DRAFT_LASTS_MS))))
      .returning({ id: drafts.id });
    const expired = await tx
      .update(grants)
      .set({ state: "expired", initiatorEmail: null, updatedAt: now })
      .where(and(eq(grants.state, "open"), lt(grants.expiresAt, now)))
      .returning({ id: grants.id });
    const dueSoon = new Date(now.getTime() + RELEASE_BEFORE_EXPIRY_MS);
    const abandoned = await tx
      .select({ id: grants.id })
      .from(grants)
      .leftJoin(drafts, eq(drafts.id, grants.draftId))
      .where(
        and(
          eq(grants.state, "open"),
          or(
            inArray(drafts.state, ["discarded", "expired"]),
            and(
              isNotNull(grants.draftId),
              lt(grants.expiresAt, dueSoon),
              lt(drafts.updatedAt, before(STUCK_AFTER_MS)),
            ),
          ),
        ),
      );
    for (const grant of abandoned) await enqueueEvent(tx, "grant/release.wanted", { grantId: grant.id });
    const stuck = await tx
      .select({ id: activationRequests.id })
      .from(activationRequests)
      .where(
        or(
          and(
            eq(activationRequests.state, "processing"),
            lt(activationRequests.updatedAt, before(STUCK_AFTER_MS)),
          ),
          and(
            eq(activationRequests.state, "awaiting_partner"),
            lt(activationRequests.deadlineAt, before(MINUTE_MS)),
          ),
        ),
      );
    for (const request of stuck)
      await enqueueEvent(tx, "activation/request.submitted", { requestId: request.id });
    // Nobody has even tried: its job was lost. One that was tried has a job that goes on by itself.
    const untried = await tx
      .select({ id: outboxMails.id })
      .from(outboxMails)
      .where(
        and(
          eq(outboxMails.state, "queued"),
          eq(outboxMails.tries, 0),
          lt(outboxMails.createdAt, before(STUCK_AFTER_MS)),
        ),
      );
    for (const mail of untried) await enqueueEvent(tx, "mail/queued", { mailId: mail.id });
    await purgeSignIns(tx);
    await tx.delete(outboxEvents).where(lt(outboxEvents.sentAt, before(SENT_EVENTS_LAST_MS)));
    return {
      drafts: oldDrafts.length,
      grantsExpired: expired.length,
      grantsReleased: abandoned.length,
      requests: stuck.length,
      mails: untried.length,
    };
  });
}
