import { and, eq, sql } from "drizzle-orm";
import { preparationSteps } from "@/db/schema";
import { fenceCalls } from "@/lib/connection/lifecycle/fence";
import type { PreparationResult } from "@/lib/connectors/preparation";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { listSteps, loadPreparation } from "./load-preparation";
import { findPrepared } from "./queries";
import { isFinished } from "./rules";
import type { StepState } from "./schema";
import { makeTools } from "./things";

const ofStep = (connectionId: string, step: string) =>
  and(eq(preparationSteps.connectionId, connectionId), eq(preparationSteps.step, step));

/**
 * Runs one step of a connection's preparation, unless it has ended well already. May run at any time and twice; passing
 * trouble at the vendor is thrown, for the job to try again. null: the connection is not to be prepared any more.
 */
export async function runStep(
  context: WorkerContext,
  connectionId: string,
  step: string,
): Promise<StepState | null> {
  const loaded = await loadPreparation(context, connectionId);
  if (!loaded) return null;
  const { connection, secret, prepare, needs } = loaded;
  const prepared = await asSystem(context, "begin step", async (tx) => {
    const known = (await listSteps(tx, connectionId)).find((row) => row.step === step);
    if (!known || isFinished(known.state)) return null;
    await tx
      .update(preparationSteps)
      .set({
        state: "running",
        startedAt: sql`coalesce(${preparationSteps.startedAt}, now())`,
        endedAt: null,
      })
      .where(ofStep(connectionId, step));
    return findPrepared(tx, connectionId);
  });
  if (prepared === null) return "done";
  const { vendor } = await createConnectorContext(
    context,
    connection.vendorApplicationId,
    connection.accountId,
  );
  const key = { subject: { kind: "connection", connectionId } as const, secret };
  const fenced = fenceCalls(context, vendor, { connectionId, work: "prepare" });
  const tools = makeTools(context, connection, prepared);
  const result = await prepare.run(fenced, key, step, needs, tools);
  return recordResult(context, connectionId, step, result);
}

async function recordResult(
  context: WorkerContext,
  connectionId: string,
  step: string,
  result: PreparationResult,
): Promise<StepState> {
  await asSystem(context, "record step", (tx) =>
    tx
      .update(preparationSteps)
      .set({
        state: result.kind,
        because: "because" in result ? (result.because ?? null) : null,
        value: "value" in result ? (result.value ?? null) : null,
        answer: result.kind === "cannot" ? (result.answer ?? null) : null,
        endedAt: result.kind === "waiting" ? null : new Date(),
      })
      .where(ofStep(connectionId, step)),
  );
  return result.kind;
}
