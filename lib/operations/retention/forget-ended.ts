import { and, eq, inArray, isNotNull, isNull, lt, ne, notInArray, or, sql } from "drizzle-orm";
import {
  activationRequests,
  activations,
  candidates,
  connections,
  drafts,
  grants,
  offboardings,
  outboxMails,
  partnerApplications,
  pastedKeys,
  preparationSteps,
  requestNotes,
  tasks,
} from "@/db/schema";
import { isOneOf } from "@/db/schema/columns";
import type { SystemTransaction } from "@/db/scope";
import {
  daysBefore,
  ENDED_LASTS_DAYS,
  FORGOTTEN_RECIPIENT,
  SAID_LASTS_DAYS,
} from "@/lib/people/profile/retention";

/** Takes out of rows that stay what persons said and were called, once its time is over: db/retention.ts names each column. */
export async function forgetEnded(tx: SystemTransaction, now: Date): Promise<void> {
  const ended = daysBefore(now, ENDED_LASTS_DAYS);
  const said = daysBefore(now, SAID_LASTS_DAYS);
  await forgetRecipients(tx, ended);
  await forgetConsents(tx, ended);
  await forgetVendorsWords(tx, said);
  await tx.delete(pastedKeys).where(and(ne(pastedKeys.state, "checking"), lt(pastedKeys.updatedAt, ended)));
  await forgetPartnersWords(tx, said);
  await tx
    .update(activationRequests)
    .set({ formAnswers: null })
    .where(and(isNotNull(activationRequests.formAnswers), lt(activationRequests.settledAt, said)));
  await tx
    .update(drafts)
    .set({ settings: null })
    .where(
      and(
        isNotNull(drafts.settings),
        inArray(drafts.state, ["discarded", "expired"]),
        lt(drafts.updatedAt, ended),
      ),
    );
}

/** The row stays: it keeps the same mail from being queued again. One that failed can no longer be sent to anybody. */
async function forgetRecipients(tx: SystemTransaction, before: Date): Promise<void> {
  await tx
    .update(outboxMails)
    .set({
      recipient: FORGOTTEN_RECIPIENT,
      lastError: null,
      state: sql`case when ${outboxMails.state} = 'sent' then 'sent' else 'dropped' end`,
    })
    .where(
      and(
        ne(outboxMails.recipient, FORGOTTEN_RECIPIENT),
        sql`coalesce(${outboxMails.sentAt}, ${outboxMails.lastTriedAt}, ${outboxMails.createdAt})
          < ${before.toISOString()}::timestamptz`,
      ),
    );
}

/**
 * Of consents that are over: whose they were, and the companies that they offered; those submitted stand in the request. Each
 * is marked once nothing of it is left, so that the sweep reads no consent twice.
 */
async function forgetConsents(tx: SystemTransaction, before: Date): Promise<void> {
  const over = tx
    .select({ id: grants.id })
    .from(grants)
    .where(
      and(
        // As the index grants_words_left has them.
        isOneOf(grants.state, ["used", "released", "expired", "refused"]),
        isNull(grants.forgottenAt),
        lt(grants.updatedAt, before),
      ),
    );
  await tx
    .update(candidates)
    .set({
      name: null,
      businessId: null,
      accountingOffice: null,
      preflightFindings: null,
      preflightForeseen: null,
      releaseAnswer: null,
    })
    .where(
      and(
        inArray(candidates.grantId, over),
        // A key that is still held waits for its end, and its company's name is needed for that.
        or(isNull(candidates.keyState), ne(candidates.keyState, "held")),
      ),
    );
  const held = tx.select({ id: candidates.grantId }).from(candidates).where(eq(candidates.keyState, "held"));
  await tx
    .update(grants)
    .set({ initiatorName: null, initiatorMasked: null, vendorAnswer: null, withoutKey: [] })
    .where(inArray(grants.id, over));
  await tx
    .update(grants)
    .set({ forgottenAt: sql`now()` })
    .where(and(inArray(grants.id, over), notInArray(grants.id, held)));
}

/** A vendor's words about a failure may name anybody. */
async function forgetVendorsWords(tx: SystemTransaction, before: Date): Promise<void> {
  await tx
    .update(activations)
    .set({ vendorAnswer: null })
    .where(
      and(
        isNotNull(activations.vendorAnswer),
        notInArray(activations.state, ["awaiting_partner", "approved", "activating"]),
        lt(activations.stateSince, before),
      ),
    );
  await tx
    .update(connections)
    .set({ checkAnswer: null })
    .where(and(isNotNull(connections.checkAnswer), lt(connections.checkFailedAt, before)));
  await tx
    .update(preparationSteps)
    .set({ answer: null })
    .where(and(isNotNull(preparationSteps.answer), lt(preparationSteps.endedAt, before)));
  await tx
    .update(offboardings)
    .set({ removalAnswer: null })
    .where(and(isNotNull(offboardings.removalAnswer), lt(offboardings.closedAt, before)));
  await tx
    .update(tasks)
    .set({ vendorAnswer: null })
    .where(and(isNotNull(tasks.vendorAnswer), lt(tasks.resolvedAt, before)));
}

/** What partners wrote about requests, and what organizations wrote that asked to become partners. */
async function forgetPartnersWords(tx: SystemTransaction, before: Date): Promise<void> {
  const settled = tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(lt(activationRequests.settledAt, before));
  // A note may be written long after the request was settled.
  await tx
    .delete(requestNotes)
    .where(and(lt(requestNotes.createdAt, before), inArray(requestNotes.requestId, settled)));
  await tx.delete(partnerApplications).where(lt(partnerApplications.decidedAt, before));
}
