import { and, eq, inArray, isNull } from "drizzle-orm";
import { activations, connections, grants, vendorCalls } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { blameOf } from "@/lib/connectors/blame";
import type { DecidingConnector } from "@/lib/connectors/connector";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError, type ConnectorErrorKind } from "@/lib/connectors/errors";
import { journalAnswer } from "@/lib/connectors/vendor/vendor-call-journal";
import { isAppError } from "@/lib/core/app-error";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { openTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { nextLookAt } from "./rules";
import type { FailureReason } from "./schema";
import { keepAnswerOfWaiting } from "./store-credentials";
import type { SentDecision } from "./vendor-telling";

const REASONS: Partial<Record<ConnectorErrorKind, FailureReason>> = {
  expired: "vendor_expired",
  not_found: "vendor_refused",
  rejected: "vendor_refused",
  // It asks us to come back later, before it did anything.
  rate_limited: "vendor_unavailable",
};

/** The vendor is told in the partner's name: whatever credential or right is refused is the partner's. */
function reasonOf(error: ConnectorError): FailureReason {
  if (blameOf(error) !== null) return "vendor_not_authorized";
  return REASONS[error.kind] ?? "vendor_unexpected";
}

/** The vendor refused, and said so: nothing was issued. */
export async function failWithAnswer(
  context: WorkerContext,
  telling: SentDecision,
  error: ConnectorError,
): Promise<void> {
  await asSystem(context, "fail activations", async (tx) => {
    await fail(tx, telling, telling.decision.approve, reasonOf(error), error.answer);
    await journalAnswer(tx, telling.call, error.answer.status ?? 0);
  });
}

/**
 * The answer was lost. What the vendor lists as its customers already may hold a key that nobody has: those need recovery.
 * Of the others nothing is said before its silence is long. Returns whether there are any; without, the call is over.
 */
export async function failListed(
  context: WorkerContext,
  telling: SentDecision,
  { connector, vendor }: { connector: DecidingConnector; vendor: ConnectorContext },
  error: ConnectorError,
): Promise<boolean> {
  const { call, decision } = telling;
  const listed = (await listCustomers(connector, vendor)) ?? new Set();
  const done = decision.approve.filter((externalId) => listed.has(externalId));
  const isOpen = done.length < decision.approve.length;
  await asSystem(context, "keep lost answer", async (tx) => {
    await fail(tx, telling, done, "needs_recovery", error.answer);
    if (isOpen) await keepAnswerOfWaiting(tx, telling, { ...error.answer, mayTakeEffect: true });
    else await journalAnswer(tx, call, error.answer.status ?? 0);
  });
  return isOpen;
}

/**
 * It is not known what the vendor did, and its silence is long. What it lists as its customers may hold a key that nobody
 * has: those need recovery. What it does not list fails for the given reason, and the list is read again for a day.
 */
export async function failUnanswered(
  context: WorkerContext,
  telling: SentDecision,
  { connector, vendor }: { connector: DecidingConnector; vendor: ConnectorContext },
  error: ConnectorError | null,
  untouchedBecause: FailureReason = "vendor_unavailable",
): Promise<void> {
  const listed = await listCustomers(connector, vendor);
  const isSuspect = (externalId: string): boolean => listed === null || listed.has(externalId);
  const answer = error?.answer ?? null;
  await asSystem(context, "fail activations", async (tx) => {
    await fail(tx, telling, telling.decision.approve.filter(isSuspect), "needs_recovery", answer);
    const untouched = telling.decision.approve.filter((externalId) => !isSuspect(externalId));
    await fail(tx, telling, untouched, untouchedBecause, answer);
    const lookAgainAt = untouched.length > 0 ? nextLookAt(telling.sentAt, new Date()) : null;
    await journalAnswer(tx, telling.call, error?.answer.status ?? 0, lookAgainAt);
  });
}

/** null when the vendor does not tell now: then every environment is suspect. */
export async function listCustomers(
  connector: DecidingConnector,
  vendor: ConnectorContext,
): Promise<Set<string> | null> {
  try {
    return new Set(await connector.consent.listCustomers(vendor));
  } catch (error) {
    if (error instanceof ConnectorError || isAppError(error)) return null;
    throw error;
  }
}

/**
 * Telling the vendor was given up. When nothing was sent about a consent, the customer may simply try again; when the
 * journal holds a call without an answer, there may be keys that nobody has. What got its key already is left alone.
 */
export async function failUnreachable(
  context: WorkerContext,
  requestId: string,
  because: string,
): Promise<void> {
  context.log.error({ requestId, because }, "telling the vendor was given up");
  await asSystem(context, "fail activations", async (tx) => {
    const waiting = await tx
      .select({ externalId: activations.externalId, grantId: activations.grantId })
      .from(activations)
      .leftJoin(connections, eq(connections.activationId, activations.id))
      .where(
        and(
          eq(activations.requestId, requestId),
          inArray(activations.state, ["approved", "activating"]),
          isNull(connections.id),
        ),
      );
    for (const grantId of new Set(waiting.map((row) => row.grantId))) {
      const externalIds = waiting.filter((row) => row.grantId === grantId).map((row) => row.externalId);
      const reason = (await isSentWithoutAnswer(tx, grantId)) ? "needs_recovery" : "vendor_unavailable";
      await fail(tx, { requestId, grantId }, externalIds, reason, null);
    }
  });
}

async function isSentWithoutAnswer(tx: SystemTransaction, grantId: string): Promise<boolean> {
  const sent = await tx
    .select({ id: vendorCalls.id })
    .from(grants)
    .innerJoin(
      vendorCalls,
      and(
        eq(vendorCalls.connector, grants.connector),
        eq(vendorCalls.stage, grants.stage),
        eq(vendorCalls.vendorRequest, grants.vendorRequest),
        eq(vendorCalls.state, "sent"),
      ),
    )
    .where(eq(grants.id, grantId));
  return sent.length > 0;
}

async function fail(
  tx: SystemTransaction,
  { requestId, grantId }: Pick<SentDecision, "requestId" | "grantId">,
  externalIds: string[],
  reason: FailureReason,
  answer: VendorAnswer | null,
): Promise<void> {
  if (externalIds.length === 0) return;
  const failed = await tx
    .update(activations)
    .set({
      state: "failed",
      failureReason: reason,
      // What an earlier try was answered stays, where this one brought nothing.
      ...(answer !== null && { vendorAnswer: answer }),
      isOccupying: false,
      stateSince: new Date(),
    })
    .where(
      and(
        eq(activations.requestId, requestId),
        eq(activations.grantId, grantId),
        inArray(activations.externalId, externalIds),
        inArray(activations.state, ["approved", "activating"]),
      ),
    )
    .returning({
      subjectId: activations.id,
      integrationId: activations.integrationId,
      vendorAnswer: activations.vendorAnswer,
    });
  if (reason !== "needs_recovery") return;
  for (const activation of failed) await openTask(tx, { kind: "answer_lost", ...activation });
}
