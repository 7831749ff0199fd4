import { and, eq } from "drizzle-orm";
import { activations, connections } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { recordGivenUp } from "@/lib/connection/offboarding/record-given-up";
import { openPreparation } from "@/lib/connection/preparation/open-preparation";
import { type Blame, blameOf } from "@/lib/connectors/blame";
import { issuesKeys, type RightsCheck, type Verification } from "@/lib/connectors/connector";
import { ConnectorError } from "@/lib/connectors/errors";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { AppError } from "@/lib/core/app-error";
import { destroySecrets, dropSecret, findSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { fenceCalls } from "./fence";
import { type LoadedConnection, loadConnection } from "./load-connection";
import { findStop } from "./permissions";
import {
  connectionMachine,
  isLive,
  judgeVerification,
  type UselessKey,
  type VerificationOutcome,
} from "./rules";
import type { AttentionCause, ConnectionState } from "./schema";

/**
 * What is the customer's to mend. Everything else, trouble of the partner's application among it, only tells that the check
 * could not be made now.
 */
const CAUSES: Record<Exclude<Blame, null>, AttentionCause | null> = {
  key: "credential_refused",
  integration: "disconnected",
  rights: "rights_missing",
  application: null,
};

/**
 * Checks with the vendor whose key this is, whether the product fits and which rights it has, and records what that
 * means. Passing trouble at the vendor is thrown, for the job to try again. A key that took this one's place meanwhile is
 * checked in its stead: its own event may have been dropped while this check ran.
 */
export async function verifyConnection(
  context: WorkerContext,
  connectionId: string,
): Promise<VerificationOutcome["kind"]> {
  const loaded = await loadConnection(context, connectionId);
  const stopped = findStopped(loaded);
  if (stopped || loaded.secret === null) return stopped ?? "failed";
  const { connector, vendor } = await createConnectorContext(
    context,
    loaded.vendorApplicationId,
    loaded.accountId,
  );
  let verification: Verification;
  try {
    const fenced = fenceCalls(context, vendor, { connectionId, work: "check" });
    verification = await connector.verify(fenced, { connectionId, secret: loaded.secret }, loaded.asked);
  } catch (error) {
    // Ended or paused while the check waited for its place: it has found out nothing.
    const stoppedSince = findStopped(await loadConnection(context, connectionId));
    if (stoppedSince) return stoppedSince;
    const blame = blameOf(error);
    const cause = blame && CAUSES[blame];
    if (cause === null) {
      if (error instanceof ConnectorError) await noteFailedCheck(context, loaded, error);
      throw error;
    }
    // A consent that stood for this environment alone ended before it was ever used: nothing is active that could be cured.
    const isOfOne = issuesKeys(connector) && connector.consent.covers === "one_environment";
    const hasLapsed = cause === "disconnected" && loaded.isActivating && loaded.isRevocable && isOfOne;
    const found: VerificationOutcome = hasLapsed
      ? { kind: "failed", reason: "vendor_expired" }
      : { kind: "attention", cause };
    const isRecorded = await record(context, loaded, found, null);
    return isRecorded ? found.kind : verifyConnection(context, connectionId);
  }
  const outcome = judgeVerification(loaded.externalId, verification);
  // Once the key is destroyed, nobody could end the integration at the vendor any more. A pasted one is the customer's.
  if (outcome.kind === "failed" && loaded.isRevocable && issuesKeys(connector)) {
    // It ends the integration for the company, with whichever key: another one may work there by now.
    const isLate = await asSystem(context, "compare keys", (tx) => hasOtherKey(tx, context, loaded));
    if (isLate) return verifyConnection(context, connectionId);
    await connector.consent.giveBack(vendor, {
      subject: { kind: "connection", connectionId },
      secret: loaded.secret,
    });
  }
  const isRecorded = await record(context, loaded, outcome, verification.rights);
  return isRecorded ? outcome.kind : verifyConnection(context, connectionId);
}

/** What a check comes to that may not be made. */
function findStopped(loaded: LoadedConnection): "failed" | "attention" | null {
  // Calls stop with the end of a connection, those of a check that was waiting too.
  if (!isLive(loaded.state)) return "failed";
  // A pause stops checks too. Lifting it, or the sweep at its end, asks for one.
  return findStop("check", loaded, loaded.holds, new Date()) ? "attention" : null;
}

/**
 * The check could not be made for now. A connection that was never checked lives and says so; of any other, what was
 * known stays. The sweep asks again.
 */
export async function postponeVerification(
  context: WorkerContext,
  connectionId: string,
  because: string,
): Promise<void> {
  context.log.warn({ connectionId, because }, "a connection could not be checked");
  const loaded = await loadConnection(context, connectionId);
  if (loaded.attention !== "verification_pending") return;
  await record(context, loaded, { kind: "attention", cause: "verification_pending" }, null);
}

/** The vendor could not be asked. What was known stays, with when and how the last try ended. */
async function noteFailedCheck(
  context: WorkerContext,
  loaded: LoadedConnection,
  error: ConnectorError,
): Promise<void> {
  await asSystem(context, "note failed check", async (tx) => {
    await lockConnection(tx, loaded.id);
    if (await hasOtherKey(tx, context, loaded)) return;
    await tx
      .update(connections)
      .set({ checkFailedAt: new Date(), checkAnswer: error.answer })
      .where(eq(connections.id, loaded.id));
  });
}

/** Whoever gives a connection another key holds this lock too. Gives its state. */
async function lockConnection(tx: SystemTransaction, connectionId: string): Promise<ConnectionState> {
  const [row] = await tx
    .select({ state: connections.state })
    .from(connections)
    .where(eq(connections.id, connectionId))
    .for("update");
  if (!row) throw new AppError("not_found", "connection");
  return row.state;
}

/**
 * Whether the connection took another key since it was loaded: what was found out is of the old one. So is a token that was
 * got since, which would answer for the new key.
 */
async function hasOtherKey(
  tx: SystemTransaction,
  context: WorkerContext,
  loaded: LoadedConnection,
): Promise<boolean> {
  const owner = { kind: "connection", id: loaded.id } as const;
  const key = await findSecret(tx, context.keys, owner, "api_key");
  if (key?.value === loaded.secret) return false;
  await dropSecret(tx, owner, "access_token");
  return true;
}

/** False when nothing was recorded, since the connection has another key than the one that was checked. */
async function record(
  context: WorkerContext,
  loaded: LoadedConnection,
  outcome: VerificationOutcome,
  rights: RightsCheck | null,
): Promise<boolean> {
  return asSystem(context, "record verification", async (tx) => {
    const before = await lockConnection(tx, loaded.id);
    // It was ended while the vendor was being asked: what was found out is of no interest any more.
    if (!isLive(before)) return true;
    if (await hasOtherKey(tx, context, loaded)) return false;
    if (outcome.kind === "failed") await giveUp(tx, loaded, outcome.reason);
    else {
      const cause = outcome.kind === "good" ? await openPreparation(tx, loaded) : null;
      const found = cause === null ? outcome : { kind: "attention" as const, cause };
      await keepFinding(tx, loaded, { before, outcome: found, rights });
    }
    return true;
  });
}

type Finding = {
  before: ConnectionState;
  outcome: Exclude<VerificationOutcome, { kind: "failed" }>;
  rights: RightsCheck | null;
};

async function keepFinding(
  tx: SystemTransaction,
  loaded: LoadedConnection,
  { before, outcome, rights }: Finding,
): Promise<void> {
  const isGood = outcome.kind === "good";
  const now = new Date();
  const state = connectionMachine.advance(before, isGood ? "verify_well" : "verify_badly");
  await tx
    .update(connections)
    .set({
      state,
      attention: isGood ? null : outcome.cause,
      rightsCheck: rights,
      verifiedAt: now,
      ...(state !== before && { stateSince: now }),
      // One that is put off was not made: how it failed stays beside it.
      ...(!isPutOff(outcome) && { checkFailedAt: null, checkAnswer: null }),
    })
    .where(eq(connections.id, loaded.id));
  // Its activation ends with the preparation, in one way or another.
  if (!isGood && outcome.cause === "preparation_pending") return;
  await tx
    .update(activations)
    .set({ state: "active", stateSince: now })
    .where(and(eq(activations.id, loaded.activationId), eq(activations.state, "activating")));
}

const isPutOff = (outcome: VerificationOutcome): boolean =>
  outcome.kind === "attention" && outcome.cause === "verification_pending";

/** Offboarded and removed at once: without an API for it at the vendor there is nothing to wait for. */
const removedFrom = (state: ConnectionState): ConnectionState =>
  connectionMachine.advance(connectionMachine.advance(state, "offboard"), "remove");

/** A key that is of no use is not kept: it is destroyed with its connection, and the activation has failed. */
async function giveUp(tx: SystemTransaction, loaded: LoadedConnection, reason: UselessKey): Promise<void> {
  const now = new Date();
  await destroySecrets(tx, { kind: "connection", id: loaded.id });
  await tx
    .update(connections)
    .set({ state: removedFrom(loaded.state), attention: null, verifiedAt: now, stateSince: now })
    .where(eq(connections.id, loaded.id));
  await tx
    .update(activations)
    .set({ state: "failed", failureReason: reason, isOccupying: false, stateSince: now })
    .where(and(eq(activations.id, loaded.activationId), eq(activations.state, "activating")));
  // One that was active already, its check having been put off, stays in the history and frees its environment.
  const freed = await tx
    .update(activations)
    .set({ isOccupying: false })
    .where(and(eq(activations.id, loaded.activationId), eq(activations.state, "active")))
    .returning({ id: activations.id });
  await recordGivenUp(tx, {
    connectionId: loaded.id,
    partnerId: loaded.partnerId,
    accountId: loaded.accountId,
    integrationId: loaded.integrationId,
    isRevoked: loaded.isRevocable,
    wasActive: freed.length > 0,
  });
}
