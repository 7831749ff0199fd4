import { and, eq, ne } from "drizzle-orm";
import { activations, connections } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { mailRecoveredRequest } from "@/lib/activation/request/mail-recovered-request";
import { activationMachine } from "@/lib/activation/request/rules";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { lockKeysOf } from "@/lib/connection/lifecycle/key-holders";
import { canTakeKey, connectionMachine } from "@/lib/connection/lifecycle/rules";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { dropSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { closeTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type CheckOutcome, endCheck } from "./end-check";
import { findHolder } from "./find-holder";
import type { ReadKey } from "./grant-from-key";
import type { LoadedKey } from "./load-pasted-key";

type Activation = typeof activations.$inferSelect;
type Connection = typeof connections.$inferSelect;

/**
 * The key brings an activation back whose own one was lost or is dead: a failed one becomes active with a connection, a
 * connection takes the key in the place of its own. Either way the connection is checked next, as after every activation.
 */
export async function recoverActivation(
  context: WorkerContext,
  loaded: LoadedKey,
  key: ReadKey,
): Promise<void> {
  await asSystem(context, "recover activation", async (tx) => {
    await lockKeysOf(tx, loaded.vendorApplicationId);
    const target = await lockTarget(tx, loaded.pasted.activationId);
    const refused = await findObstacle(tx, context, loaded, target, key);
    if (!(await endCheck(tx, loaded, refused ?? { state: "accepted" })) || refused || !target) return;
    const { activation, connection } = target;
    const connectionId = connection
      ? await replaceKey(tx, context, connection, key.secret)
      : await reviveActivation(tx, context, activation, key.secret);
    await enqueueEvent(tx, "connection/check.wanted", { connectionId });
  });
}

async function lockTarget(tx: SystemTransaction, activationId: string | null) {
  if (activationId === null) return null;
  const [activation] = await tx
    .select()
    .from(activations)
    .where(eq(activations.id, activationId))
    .for("update");
  const [connection] = await tx
    .select()
    .from(connections)
    .where(and(eq(connections.activationId, activationId), ne(connections.state, "removed")))
    .for("update");
  return activation ? { activation, connection: connection ?? null } : null;
}

async function findObstacle(
  tx: SystemTransaction,
  context: WorkerContext,
  loaded: LoadedKey,
  target: Awaited<ReturnType<typeof lockTarget>>,
  { secret, read }: ReadKey,
): Promise<CheckOutcome | null> {
  if (!target || !canTakeKey(target.activation, target.connection))
    return { state: "refused", refusal: "not_wanted" };
  const { externalId, name } = read.identity;
  if (externalId !== target.activation.externalId)
    return { state: "refused", refusal: "other_company", finding: { environmentName: name } };
  const holding = await findHolder(tx, context, loaded, { secret, externalId });
  return holding && { state: "refused", ...holding };
}

/** The activation that failed without its key becomes active with this one. */
async function reviveActivation(
  tx: SystemTransaction,
  context: WorkerContext,
  activation: Activation,
  secret: string,
): Promise<string> {
  await tx
    .update(activations)
    .set({
      state: activationMachine.advance(activation.state, "recover"),
      failureReason: null,
      isOccupying: true,
      stateSince: new Date(),
    })
    .where(eq(activations.id, activation.id));
  await closeTask(tx, "answer_lost", activation.id);
  await mailRecoveredRequest(tx, activation.requestId);
  return createConnection(tx, context, activation, secret, "pasted");
}

/** The connection takes the key in the place of its own, and has yet to be checked with it. */
async function replaceKey(
  tx: SystemTransaction,
  context: WorkerContext,
  connection: Connection,
  secret: string,
): Promise<string> {
  const owner = { kind: "connection", id: connection.id } as const;
  await storeSecret(tx, context.keys, owner, { name: "api_key", value: secret });
  await dropSecret(tx, owner, "access_token");
  await tx
    .update(connections)
    .set({
      state: connectionMachine.advance(connection.state, "take_key"),
      attention: "verification_pending",
      keySource: "pasted",
      rightsCheck: null,
      stateSince: new Date(),
    })
    .where(eq(connections.id, connection.id));
  return connection.id;
}
