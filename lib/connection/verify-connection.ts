import { and, eq } from "drizzle-orm";
import { activationRequests, activations, connections, integrations, specifications } from "@/db/schema";
import type { AttentionCause } from "@/lib/activation/schema";
import { ConnectorError, type ConnectorErrorKind } from "@/lib/connectors/errors";
import { grantsKeys, type RightAsked, type RightsCheck, type Verification } from "@/lib/connectors/types";
import { AppError } from "@/lib/core/app-error";
import { specificationContent } from "@/lib/integration/schema";
import type { SystemTransaction } from "@/lib/seal/data-key";
import { destroySecrets, findSecret } from "@/lib/seal/secrets";
import { createConnectorContext } from "@/lib/vendor/create-connector-context";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { connectionMachine, judgeVerification, type VerificationOutcome } from "./rules";
import type { ConnectionState } from "./schema";

/** Answers that tell something of the credential; all others only tell that it could not be checked now. */
const REFUSALS: Partial<Record<ConnectorErrorKind, AttentionCause>> = {
  unauthorized: "credential_refused",
  disconnected: "disconnected",
  forbidden: "rights_missing",
};

type Loaded = Awaited<ReturnType<typeof loadConnection>>;

/**
 * Checks with the vendor whose key this is, whether the product fits and which rights it has, and records what that
 * means. Passing trouble at the vendor is thrown, for the job to try again.
 */
export async function verifyConnection(
  context: WorkerContext,
  connectionId: string,
): Promise<VerificationOutcome["kind"]> {
  const loaded = await loadConnection(context, connectionId);
  if (loaded.state === "removed" || loaded.secret === null) return "failed";
  const { connector, vendor } = await createConnectorContext(
    context,
    loaded.vendorApplicationId,
    loaded.accountId,
  );
  let verification: Verification;
  try {
    verification = await connector.verify(vendor, { connectionId, secret: loaded.secret }, loaded.asked);
  } catch (error) {
    const cause = error instanceof ConnectorError ? REFUSALS[error.kind] : undefined;
    if (!cause) throw error;
    await record(context, loaded, { kind: "attention", cause }, null);
    return "attention";
  }
  const outcome = judgeVerification(loaded.externalId, verification);
  // Once the key is destroyed, nobody could end the integration at the vendor any more.
  if (outcome.kind === "failed" && grantsKeys(connector)) {
    await connector.release(vendor, {
      subject: { kind: "connection", connectionId },
      secret: loaded.secret,
    });
  }
  await record(context, loaded, outcome, verification.rights);
  return outcome.kind;
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

async function loadConnection(context: WorkerContext, connectionId: string) {
  return asSystem(context, "read connection", async (tx) => {
    const [row] = await tx
      .select({
        connection: connections,
        activation: activations,
        content: specifications.content,
        vendorApplicationId: integrations.vendorApplicationId,
      })
      .from(connections)
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .innerJoin(integrations, eq(integrations.id, connections.integrationId))
      .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
      .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
      .where(eq(connections.id, connectionId));
    if (!row) throw new AppError("not_found", "connection");
    const secret = await findSecret(tx, context.keys, { kind: "connection", id: connectionId }, "api_key");
    const asked: RightAsked[] = specificationContent.parse(row.content).technicalUser.rights;
    return {
      id: connectionId,
      accountId: row.connection.accountId,
      state: row.connection.state,
      attention: row.connection.attention,
      activationId: row.activation.id,
      externalId: row.activation.externalId,
      vendorApplicationId: row.vendorApplicationId,
      secret: secret?.value ?? null,
      asked,
    };
  });
}

async function record(
  context: WorkerContext,
  loaded: Loaded,
  outcome: VerificationOutcome,
  rights: RightsCheck | null,
): Promise<void> {
  await asSystem(context, "record verification", async (tx) => {
    if (outcome.kind === "failed") return giveUp(tx, loaded, outcome.reason);
    const isGood = outcome.kind === "good";
    const now = new Date();
    const [before] = await tx
      .select({ state: connections.state })
      .from(connections)
      .where(eq(connections.id, loaded.id))
      .for("update");
    if (!before) throw new AppError("not_found", "connection");
    await tx
      .update(connections)
      .set({
        state: connectionMachine.advance(before.state, isGood ? "verify_well" : "verify_badly"),
        attention: isGood ? null : outcome.cause,
        rightsCheck: rights,
        verifiedAt: now,
        stateSince: now,
      })
      .where(eq(connections.id, loaded.id));
    await tx
      .update(activations)
      .set({ state: "active", stateSince: now })
      .where(and(eq(activations.id, loaded.activationId), eq(activations.state, "activating")));
  });
}

/** Offboarded and removed at once: without an API for it at the vendor there is nothing to wait for. */
const removedFrom = (state: ConnectionState): ConnectionState =>
  connectionMachine.advance(connectionMachine.advance(state, "offboard"), "remove");

/** A key that is of no use is not kept: it is destroyed with its connection, and the activation has failed. */
async function giveUp(
  tx: SystemTransaction,
  loaded: Loaded,
  reason: "wrong_identity" | "wrong_product",
): Promise<void> {
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
  await tx
    .update(activations)
    .set({ isOccupying: false })
    .where(and(eq(activations.id, loaded.activationId), eq(activations.state, "active")));
}
