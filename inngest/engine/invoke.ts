import type { EngineContext } from "./context";
import type { Transaction } from "./database";
import type { StepChange, StepResult } from "./operations";
import type { LockedRun } from "./run-state";
import { startRun } from "./start-run";
import { addWakeUps, type WakeUp } from "./wake-up";

/**
 * Starts the run that a step of `run` waits for, whatever the invoked function's triggers are. Returns the step's error
 * when there is nothing to wait for.
 */
export async function invokeFunction(
  ctx: EngineContext,
  tx: Transaction,
  run: LockedRun,
  { stepId, functionId, data, v }: StepChange & { kind: "invoke" },
  position: string,
): Promise<StepResult | undefined> {
  const fn = ctx.registry.get(functionId);
  if (!fn) return errorResult("InvokedFunctionNotFound", `There is no function "${functionId}"`);
  const event = {
    id: `invoke:${run.id}:${stepId}`,
    name: "inngest/function.invoked",
    data,
    ts: Date.now(),
    ...(v === undefined ? {} : { v }),
  };
  const wakeUps: WakeUp[] = [];
  const invokedRunId = await startRun(tx, fn, event, position, wakeUps, { runId: run.id, stepId });
  if (invokedRunId === undefined) {
    const message = `"${functionId}" did not start: an equal run counts for this one (idempotency or singleton)`;
    return errorResult("InvokedFunctionSkipped", message);
  }
  const link = [run.id, stepId, invokedRunId];
  tx.send("UPDATE engine.steps SET invoked_run_id = $3 WHERE run_id = $1 AND id = $2", link);
  addWakeUps(tx, wakeUps);
  return undefined;
}

/** What the invoked run has ended with, as its step's result; undefined while it runs, or when no run was invoked. */
export async function findInvokedResult(
  tx: Transaction,
  runId: string,
  stepId: string,
): Promise<StepResult | undefined> {
  const { rows } = await tx.query<{ status: string; output: unknown; error: unknown }>(
    `SELECT invoked.status, invoked.output, invoked.error
     FROM engine.steps JOIN engine.runs AS invoked ON invoked.id = steps.invoked_run_id
     WHERE steps.run_id = $1 AND steps.id = $2 AND invoked.status <> 'running'`,
    [runId, stepId],
  );
  const [invoked] = rows;
  if (!invoked) return undefined;
  if (invoked.status === "completed") return { type: "data", data: invoked.output };
  if (invoked.status === "failed") return { type: "error", error: invoked.error };
  return errorResult("InvokedFunctionCancelled", "The invoked function was cancelled");
}

export function invokeTimedOut(): StepResult {
  return errorResult("InvokeTimeoutError", "Timed out waiting for the invoked function to end");
}

function errorResult(name: string, message: string): StepResult {
  return { type: "error", error: { name, message } };
}
