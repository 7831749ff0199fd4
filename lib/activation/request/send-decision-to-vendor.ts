import { and, eq } from "drizzle-orm";
import {
  activationRequests,
  activations,
  candidates,
  grants,
  integrations,
  requestConsents,
} from "@/db/schema";
import { type DecidingConnector, decides } from "@/lib/connectors/connector";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { assertSilenceIsLong } from "@/lib/connectors/vendor/assert-silence-is-long";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { journalSending } from "@/lib/connectors/vendor/vendor-call-journal";
import { AppError, isAppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { activateGrantedKeys } from "./activate-granted-keys";
import { failListed, failUnanswered, failWithAnswer } from "./fail-activations";
import { lockRequest } from "./lock-request";
import { markUnsent, storeCredentials } from "./store-credentials";
import { toVendorDecision } from "./vendor-decision";
import type { SentDecision } from "./vendor-telling";

/**
 * Carries out what was decided about a request, each of its consents on its own: one that comes to nothing takes no other
 * along. Throws a retriable `ConnectorError`, or `misconfigured`, when it is certain that nothing was sent about a consent,
 * and a retriable one while an answer that was lost may still have its effect.
 */
export async function sendDecisionToVendor(context: WorkerContext, requestId: string): Promise<void> {
  // Settings and keys are opened first: trouble with them is certain to come before anything is sent.
  const { vendorApplicationId, accountId, consents } = await getParties(context, requestId);
  const { connector, vendor } = await createConnectorContext(context, vendorApplicationId, accountId);
  const isTold = ({ keysFrom }: (typeof consents)[number]) => keysFrom === "decision" && decides(connector);
  const withKeys = consents.filter((consent) => !isTold(consent)).map(({ grantId }) => grantId);
  if (withKeys.length > 0) await activateGrantedKeys(context, requestId, withKeys);
  if (!decides(connector)) return;
  const troubles: unknown[] = [];
  for (const { grantId } of consents.filter(isTold))
    await tellOfConsent(context, { requestId, grantId }, { connector, vendor }).catch((error: unknown) =>
      troubles.push(error),
    );
  if (troubles.length > 0) throw troubles[0];
}

/**
 * Tells the vendor what was decided about one consent, at most once. The call is journalled as sent, and the approved
 * activations as activating, before it is made; a later run that finds the call sent without an answer does not send it
 * again but reads what can be read.
 */
async function tellOfConsent(
  context: WorkerContext,
  subject: { requestId: string; grantId: string },
  { connector, vendor }: { connector: DecidingConnector; vendor: ConnectorContext },
): Promise<void> {
  const { telling, isFresh } = await prepare(context, subject);
  if (telling === null) return;
  if (!isFresh) {
    assertSilenceIsLong(context, telling.sentAt);
    return failUnanswered(context, telling, { connector, vendor }, null);
  }
  const issued = await connector.consent
    .decide(vendor, telling.decision)
    .catch((error: unknown) => recordFailure(context, telling, { connector, vendor }, error));
  if (issued) await storeCredentials(context, telling, issued);
}

async function getParties(context: WorkerContext, requestId: string) {
  return asSystem(context, "read request", async (tx) => {
    const [row] = await tx
      .select({
        vendorApplicationId: integrations.vendorApplicationId,
        accountId: activationRequests.accountId,
      })
      .from(activationRequests)
      .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
      .where(eq(activationRequests.id, requestId));
    if (!row) throw new AppError("not_found", "activation request");
    const consents = await tx
      .select({ grantId: grants.id, keysFrom: grants.keysFrom })
      .from(requestConsents)
      .innerJoin(grants, eq(grants.id, requestConsents.grantId))
      .where(eq(requestConsents.requestId, requestId))
      .orderBy(grants.id);
    return { ...row, consents };
  });
}

/**
 * What a call that brought no answer with keys means. Throws again when nothing was sent and a later try may help, and while
 * the vendor may still be at work: a gateway's answer, a reset or a fault after the sending tells nothing of that.
 */
async function recordFailure(
  context: WorkerContext,
  telling: SentDecision,
  reached: { connector: DecidingConnector; vendor: ConnectorContext },
  error: unknown,
): Promise<null> {
  // The connector's own refusals, like a missing secret, come before anything is sent.
  if (isAppError(error) || (error instanceof ConnectorError && error.unsent && error.isRetriable)) {
    await markUnsent(context, telling, isAppError(error) ? null : error.answer);
    throw error;
  }
  if (!(error instanceof ConnectorError)) throw error;
  // Not open there and not told by us as far as we know: after a restore, what was sent since the backup is forgotten here.
  if (error.kind === "not_found") {
    await failUnanswered(context, telling, reached, error, "vendor_refused");
    return null;
  }
  if (isAnswerAboutDecision(error)) {
    await failWithAnswer(context, telling, error);
    return null;
  }
  const isOpen = await failListed(context, telling, reached, error);
  if (isOpen) {
    assertSilenceIsLong(context, telling.sentAt);
    await failUnanswered(context, telling, reached, error);
  }
  return null;
}

/** The status class decides: a 4xx was refused before anything was done, but for 408, by which a gateway gave up waiting. */
function isAnswerAboutDecision({ unsent, answer: { status } }: ConnectorError): boolean {
  return unsent || (status !== null && status >= 400 && status < 500 && status !== 408);
}

/** `telling` is null when it is over. `isFresh`: this caller may send. */
async function prepare(
  context: WorkerContext,
  { requestId, grantId }: { requestId: string; grantId: string },
): Promise<{ telling: SentDecision | null; isFresh: boolean }> {
  return asSystem(context, "journal vendor call", async (tx) => {
    const request = await lockRequest(tx, requestId);
    const [grant] = await tx.select().from(grants).where(eq(grants.id, grantId));
    if (!grant) throw new AppError("not_found", "grant");
    const offered = await tx
      .select({ externalId: candidates.externalId })
      .from(candidates)
      .where(eq(candidates.grantId, grant.id))
      .orderBy(candidates.externalId);
    const decision = toVendorDecision(
      grant.vendorRequest,
      offered.map((row) => row.externalId),
      request.activations.filter((activation) => activation.grantId === grantId),
    );
    const call = {
      connector: grant.connector,
      stage: grant.stage,
      vendorRequest: grant.vendorRequest,
      verb: "decide",
    };
    const journal = await journalSending(tx, call, decision);
    if (journal.state === "fresh" && decision.approve.length > 0) {
      await tx
        .update(activations)
        .set({ state: "activating", stateSince: new Date() })
        .where(
          and(
            eq(activations.requestId, requestId),
            eq(activations.grantId, grantId),
            eq(activations.state, "approved"),
          ),
        );
    }
    if (journal.state === "answered") return { telling: null, isFresh: false };
    const telling = { requestId, grantId, call, decision, sentAt: journal.sentAt };
    return { telling, isFresh: journal.state === "fresh" };
  });
}
