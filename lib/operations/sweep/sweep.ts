import { and, eq, isNotNull, isNull, lt, or } from "drizzle-orm";
import { outboxEvents, outboxMails, rateLimits } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { sweepConsents } from "@/lib/activation/grant/sweep-consents";
import { expireDrafts, expireGrants, releaseAbandonedGrants } from "@/lib/activation/grant/sweep-grants";
import { forgetPastedKeys } from "@/lib/activation/pasted-key/forget-pasted-keys";
import { expirePlans } from "@/lib/activation/plan/end-plan";
import { askForLateKeys } from "@/lib/activation/request/look-for-late-keys";
import { purgeHandoffCodes, reviveRequests } from "@/lib/activation/request/sweep-requests";
import { forgetPrepared } from "@/lib/catalogue/link/forget-prepared";
import { purgeComparisons } from "@/lib/connection/comparison/queries";
import { purgeDeliveries, reviveDeliveries } from "@/lib/connection/delivery/sweep-deliveries";
import { endExports, reviveExports } from "@/lib/connection/export/sweep-exports";
import { purgeCalls } from "@/lib/connection/gateway/purge-calls";
import { endPauses } from "@/lib/connection/hold/sweep-holds";
import { sweepImports } from "@/lib/connection/import/carry-out-import";
import { sweepCalls } from "@/lib/connection/inbound/sweep-calls";
import { sweepIntake } from "@/lib/connection/intake/sweep-intake";
import { tellLaterOutcomes } from "@/lib/connection/intake/worker/tell-later-outcomes";
import { checkConnections } from "@/lib/connection/lifecycle/sweep-connections";
import { endDueConnections } from "@/lib/connection/offboarding/end-due";
import { tellKeyUses } from "@/lib/connection/offboarding/note-key-use";
import { reviveOffboardings } from "@/lib/connection/offboarding/sweep-offboardings";
import { revivePreparations } from "@/lib/connection/preparation/sweep-preparations";
import { listRetirementsDue } from "@/lib/connection/retirement/carry-out";
import { listUnoffered } from "@/lib/connection/update/offer-updates";
import { issueMissing } from "@/lib/operations/evidence/issue-missing";
import { forgetEnded } from "@/lib/operations/retention/forget-ended";
import { queueDigests } from "@/lib/partner/alert/queue-digests";
import { warnOfKeyExpiry } from "@/lib/partner/api/warn-of-key-expiry";
import { sweepTrials } from "@/lib/partner/application/sweep-trials";
import { countFigures } from "@/lib/partner/figures/count-figures";
import { sweepPublications } from "@/lib/partner/specification/publish-due";
import { purgeWebhooks, reviveWebhooks } from "@/lib/partner/webhook/sweep-webhooks";
import { purgeSignIns } from "@/lib/people/auth/purge-sign-ins";
import { sweepInvitations } from "@/lib/people/membership/sweep-invitations";
import { purgeEmailChanges } from "@/lib/people/profile/purge-email-changes";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

const MINUTE_MS = 60_000;
const LOST_AFTER_MS = 15 * MINUTE_MS;
/** The longest wait between two tries is two hours. */
const TRIED_LAST_MS = 6 * 60 * MINUTE_MS;
/** A document that is missing for longer is found at the next start of a worker. */
const DOCUMENTS_LOST_MS = 2 * 24 * 60 * MINUTE_MS;
const SENT_EVENTS_LAST_MS = 7 * 24 * 60 * MINUTE_MS;

/** How many of each were found and acted upon. */
export type SweepResult = {
  drafts: number;
  grantsEnded: number;
  grantsReleased: number;
  /** Consents with issued keys that nobody decides about. */
  keysLeftBehind: number;
  requests: number;
  /** Requests whose answer was lost and whose decision may have had an effect since. */
  lateKeys: number;
  connections: number;
  /** Pauses whose day has come. */
  pauses: number;
  /** Connections whose end was set for a day that has come. */
  endsDue: number;
  /** Connections that were ended and whose key may still be alive. */
  offboardings: number;
  /** Files of customers that wait to be taken or finished. */
  uploads: number;
  /** Files with rows whose outcome has changed since their last result. */
  laterOutcomes: number;
  mails: number;
  /** Endpoints of partners with events that nobody sends. */
  webhooks: number;
  invitations: number;
  /** Vendor applications with rows that nobody writes. */
  deliveries: number;
  /** Receipts and certificates whose job was lost. */
  documents: number;
};

/** Brings what was left behind to a true state. Everything here may run at any time and twice. */
export async function sweep(context: WorkerContext, now = new Date()): Promise<SweepResult> {
  const run = <T>(reason: string, work: (tx: SystemTransaction) => Promise<T>) =>
    asSystem(context, reason, work);
  /** A day on which many connections end: lot by lot, each in a transaction of its own. */
  const runAll = async (
    reason: string,
    work: (tx: SystemTransaction) => Promise<number>,
  ): Promise<number> => {
    let total = 0;
    for (let done = await run(reason, work); done > 0; done = await run(reason, work)) total += done;
    return total;
  };
  const result = {
    drafts: await run("expire drafts", (tx) => expireDrafts(tx, now)),
    grantsReleased: await run("release grants", (tx) => releaseAbandonedGrants(tx, now)),
    uploads: await run("sweep intake", (tx) => sweepIntake(tx, now)),
    grantsEnded: await run("expire grants", (tx) => expireGrants(tx, now)),
    keysLeftBehind: await run("sweep consents", (tx) => sweepConsents(tx, now)),
    requests: await run("revive requests", (tx) => reviveRequests(tx, now)),
    lateKeys: await run("ask for late keys", (tx) => askForLateKeys(tx, now)),
    pauses: await run("end pauses", (tx) => endPauses(tx, now)),
    connections: await run("check connections", (tx) => checkConnections(tx, now)),
    endsDue: await runAll("end due connections", (tx) => endDueConnections(tx, now)),
    offboardings: await run("revive offboardings", (tx) => reviveOffboardings(tx, now)),
    mails: await run("revive mails", (tx) => reviveMails(tx, now)),
    webhooks: await run("revive webhooks", (tx) => reviveWebhooks(tx, now)),
    invitations: await run("end invitations", (tx) => sweepInvitations(tx, now)),
    deliveries: await run("revive deliveries", (tx) => reviveDeliveries(tx, now)),
    laterOutcomes: await tellLaterOutcomes(context, now),
    documents: await issueMissing(context, new Date(now.getTime() - DOCUMENTS_LOST_MS)),
  };
  await run("revive preparations", (tx) => revivePreparations(tx, now));
  await run("tell of uses after an end", (tx) => tellKeyUses(tx, now));
  await run("end exports", (tx) => endExports(tx, now));
  await run("revive exports", (tx) => reviveExports(tx, now));
  await run("sweep inbound calls", (tx) => sweepCalls(tx, now));
  await run("publish what is due", (tx) => sweepPublications(tx, now));
  await run("offer versions", offerVersions);
  await run("carry out retirements", (tx) => carryOutRetirements(tx, now));
  await run("revive imports", (tx) => sweepImports(tx, now));
  await run("expire plans", (tx) => expirePlans(tx, now));
  await run("sweep trials of vendor applications", (tx) => sweepTrials(tx, now));
  await run("forget pasted keys", (tx) => forgetPastedKeys(tx, now));
  await run("count figures", (tx) => countFigures(tx, now));
  await run("gather digests of partners", (tx) => queueDigests(tx, now));
  await run("warn of key expiry", (tx) => warnOfKeyExpiry(tx, now));
  await run("purge calls", (tx) => purgeCalls(tx, now));
  await run("purge", (tx) => purge(tx, now));
  return result;
}

/** Mails whose job was lost: nobody has even tried them, or not for longer than a job waits between two tries. */
async function reviveMails(tx: SystemTransaction, now: Date): Promise<number> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const lost = await tx
    .select({ id: outboxMails.id })
    .from(outboxMails)
    .where(
      and(
        eq(outboxMails.state, "queued"),
        or(
          and(isNull(outboxMails.lastTriedAt), lt(outboxMails.createdAt, before(LOST_AFTER_MS))),
          lt(outboxMails.lastTriedAt, before(TRIED_LAST_MS)),
        ),
      ),
    );
  for (const mail of lost) await enqueueEvent(tx, "mail/queued", { mailId: mail.id });
  return lost.length;
}

/** Versions whose job was lost, or that concern connections which became active since. */
async function offerVersions(tx: SystemTransaction): Promise<void> {
  for (const specificationId of await listUnoffered(tx))
    await enqueueEvent(tx, "specification/published", { specificationId });
}

/** Retirements whose job was lost, whose second mail is due, or that concern connections which became active since. */
async function carryOutRetirements(tx: SystemTransaction, now: Date): Promise<void> {
  for (const retirementId of await listRetirementsDue(tx, now))
    await enqueueEvent(tx, "integration/retirement.changed", { retirementId });
}

/** What is of no use any more. */
async function purge(tx: SystemTransaction, now: Date): Promise<void> {
  await purgeSignIns(tx);
  await purgeEmailChanges(tx, now);
  await purgeHandoffCodes(tx, now);
  await forgetEnded(tx, now);
  await purgeWebhooks(tx, now);
  await purgeDeliveries(tx, now);
  await purgeComparisons(tx, now);
  await forgetPrepared(tx, now);
  await tx.delete(rateLimits).where(lt(rateLimits.windowEndsAt, now));
  await tx
    .delete(outboxEvents)
    .where(
      and(
        isNotNull(outboxEvents.sentAt),
        lt(outboxEvents.sentAt, new Date(now.getTime() - SENT_EVENTS_LAST_MS)),
      ),
    );
}
