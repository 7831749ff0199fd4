import { and, eq, notInArray } from "drizzle-orm";
import { activations, connectionPreparations, connections, preparationSteps } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { connectionMachine, isLive } from "@/lib/connection/lifecycle/rules";
import { AppError } from "@/lib/core/app-error";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type LoadedPreparation, listSteps, loadPreparation, readChoices } from "./load-preparation";
import { hasWritten } from "./queries";
import { isFinished, judgePreparation, nextTryAt } from "./rules";
import { runStep } from "./run-step";
import type { PreparationChoices, PreparationState } from "./schema";
import { recordMade } from "./things";

/**
 * Begins a round: writes down the steps that the accepted version and the choices call for, and gives those to run. What ended
 * well stays as it is. [] when the connection is not to be prepared now.
 */
export async function beginPreparation(context: WorkerContext, connectionId: string): Promise<string[]> {
  const loaded = await loadPreparation(context, connectionId);
  if (!loaded) return [];
  const steps = loaded.prepare.steps(loaded.needs);
  return asSystem(context, "begin preparation", async (tx) => {
    const isThis = eq(connectionPreparations.connectionId, connectionId);
    const [row] = await tx.select().from(connectionPreparations).where(isThis).for("update");
    if (!row || row.state === "ready") return [];
    const { partnerId, accountId } = row;
    const { choices } = loaded.needs;
    const isChanged = row.applied !== null && !isSame(row.applied, choices);
    // Where keys are kept stays as it is once there are keys.
    if (isChanged && (await hasWritten(tx, connectionId))) return [];
    const ofConnection = eq(preparationSteps.connectionId, connectionId);
    if (steps.length === 0) await tx.delete(preparationSteps).where(ofConnection);
    else {
      await tx
        .delete(preparationSteps)
        .where(and(ofConnection, notInArray(preparationSteps.step, [...steps])));
      await tx
        .insert(preparationSteps)
        .values(steps.map((step, position) => ({ connectionId, partnerId, accountId, step, position })))
        .onConflictDoNothing();
    }
    // Another round: what could not be done is under way again, and with other choices everything is.
    await tx
      .update(preparationSteps)
      .set({ state: "waiting", because: null, value: null, answer: null, startedAt: null, endedAt: null })
      .where(and(ofConnection, isChanged ? undefined : eq(preparationSteps.state, "cannot")));
    const now = new Date();
    await tx
      .update(connectionPreparations)
      .set({ state: "pending", applied: choices, wantedAt: now, nextTryAt: nextTryAt("pending", now) })
      .where(isThis);
    if (isChanged) await holdUp(tx, connectionId, now);
    return (await listSteps(tx, connectionId))
      .filter(({ state }) => !isFinished(state))
      .map(({ step }) => step);
  });
}

const isSame = (one: PreparationChoices, other: PreparationChoices): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => one[name] === other[name]);

/** Rows wait while the places of their keys are made. */
export async function holdUp(tx: SystemTransaction, connectionId: string, now: Date): Promise<void> {
  await tx
    .update(connections)
    .set({
      state: connectionMachine.advance("active", "prepare_again"),
      attention: "preparation_pending",
      stateSince: now,
    })
    .where(and(eq(connections.id, connectionId), eq(connections.state, "active")));
}

/** Ends a round: what came of its steps, and with that whether the connection is active. */
export async function finishPreparation(
  context: WorkerContext,
  connectionId: string,
): Promise<PreparationState | null> {
  const loaded = await loadPreparation(context, connectionId);
  if (!loaded) return null;
  return asSystem(context, "finish preparation", async (tx) => {
    const isThis = eq(connectionPreparations.connectionId, connectionId);
    const [row] = await tx.select().from(connectionPreparations).where(isThis).for("update");
    if (!row) return null;
    const judged = judgePreparation((await listSteps(tx, connectionId)).map((step) => step.state));
    // Other choices came while this round ran, until this very moment: the next round was asked for with them.
    const isOld = row.applied !== null && !isSame(row.applied, readChoices(loaded.prepare, row.choices));
    const state = isOld && judged === "ready" ? "pending" : judged;
    const now = new Date();
    await tx
      .update(connectionPreparations)
      .set({ state, endedAt: now, nextTryAt: nextTryAt(state, now) })
      .where(isThis);
    if (state === "ready") await recordMade(tx, loaded.connection);
    await moveConnection(tx, loaded, state, now);
    return state;
  });
}

/** Only what the preparation itself held up: anything else that is wrong with the connection stays. */
async function moveConnection(
  tx: SystemTransaction,
  { connection }: LoadedPreparation,
  prepared: PreparationState,
  now: Date,
): Promise<void> {
  const [row] = await tx.select().from(connections).where(eq(connections.id, connection.id)).for("update");
  if (!row) throw new AppError("not_found", "connection");
  const isHeldUp = row.attention === "preparation_pending" || row.attention === "not_prepared";
  if (isLive(row.state) && isHeldUp) {
    const isReady = prepared === "ready";
    const state = connectionMachine.advance(row.state, isReady ? "prepare_well" : "prepare_badly");
    const attention = isReady ? null : prepared === "blocked" ? "not_prepared" : "preparation_pending";
    await tx
      .update(connections)
      .set({ state, attention, ...(state !== row.state && { stateSince: now }) })
      .where(eq(connections.id, connection.id));
  }
  await tx
    .update(activations)
    .set({ state: "active", stateSince: now })
    .where(and(eq(activations.id, connection.activationId), eq(activations.state, "activating")));
}

/** Passing trouble at the vendor lasted: the activation ends with what is known, and the sweep comes back to the preparation. */
export async function postponePreparation(
  context: WorkerContext,
  connectionId: string,
  because: string,
): Promise<PreparationState | null> {
  context.log.warn({ connectionId, because }, "a connection could not be prepared now");
  return finishPreparation(context, connectionId);
}

/** A whole round, one step after the other; the first that cannot be done ends it. */
export async function prepareConnection(
  context: WorkerContext,
  connectionId: string,
): Promise<PreparationState | null> {
  for (const step of await beginPreparation(context, connectionId))
    await runStep(context, connectionId, step);
  return finishPreparation(context, connectionId);
}

/** Connections of a request whose activation waits for their preparation. */
export async function listUnprepared(
  context: WorkerContext,
  requestId: string,
): Promise<{ connectionId: string; environmentId: string }[]> {
  return asSystem(context, "list unprepared", (tx) =>
    tx
      .select({ connectionId: connections.id, environmentId: connections.environmentId })
      .from(connections)
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .where(
        and(
          eq(activations.requestId, requestId),
          eq(activations.state, "activating"),
          eq(connections.attention, "preparation_pending"),
        ),
      )
      .orderBy(connections.id),
  );
}
