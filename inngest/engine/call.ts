import type { EngineContext } from "./context";
import type { CallId, FinishedStep, LeasedCall } from "./leased-call";
import { leaseCall } from "./leases";
import { type Outcome, readOutcome } from "./outcome";
import { toSerializedError } from "./serialized-error";
import { settleCall } from "./settle-call";

/** A step that takes its process down again and again must not do so for ever. */
const MAX_DEATHS = 10;
/** A run that goes from step to step keeps its place in the pool; after this many it queues up again behind others. */
const MAX_CALLS_IN_A_ROW = 20;

/**
 * Calls a run's function and stores what came of it, and goes on with the run's next steps while nothing else has to
 * happen first. `deaths`: how often a process ended in the middle of this; then a call is done again with the same
 * attempt number.
 */
export async function runCall(ctx: EngineContext, id: CallId, deaths: number): Promise<void> {
  let call = await leaseCall(ctx, id);
  for (let count = 1; call; count++) {
    call = await runLeasedCall(ctx, call, deaths, count < MAX_CALLS_IN_A_ROW && !ctx.stopping.aborted);
  }
}

async function runLeasedCall(
  ctx: EngineContext,
  call: LeasedCall,
  deaths: number,
  mayGoOn: boolean,
): Promise<LeasedCall | undefined> {
  const outcome = deaths < MAX_DEATHS ? await callFunction(ctx, call) : diedTooOften(deaths);
  if (outcome.kind === "failed") {
    // The name only: an error's message may hold what does not belong in a log. The SDK hands it to the client's logger.
    const { runId, functionId, attempt } = call;
    ctx.log.warn({ runId, functionId, attempt, errorName: outcome.error.name }, "function call failed");
  }
  return ctx.database.transaction((tx) => settleCall(ctx, tx, call, outcome, mayGoOn));
}

async function callFunction(ctx: EngineContext, call: LeasedCall): Promise<Outcome> {
  const memo = call.memo ?? (await readMemo(ctx, call.runId));
  const body = {
    // The SDK decides which version of its own execution model applies.
    version: -1,
    event: call.event,
    events: [call.event],
    steps: Object.fromEntries(memo.map((step) => [step.id, step.result])),
    // Without `fn_id` the SDK does one step a call; with it, it would report steps to an API that is not here.
    ctx: {
      run_id: call.runId,
      step_id: call.stepId,
      attempt: call.attempt,
      max_attempts: call.maxAttempts,
      disable_immediate_execution: call.hasPlannedSteps,
      use_api: false,
      stack: { stack: memo.map((step) => step.id), current: memo.length },
    },
  };
  try {
    return await readOutcome(await ctx.sdk.call(call.functionId, call.stepId, body), new Date());
  } catch (error) {
    return { kind: "failed", error: toSerializedError(error), isRetriable: true };
  }
}

async function readMemo(ctx: EngineContext, runId: string): Promise<FinishedStep[]> {
  const { rows } = await ctx.database.pool.query<FinishedStep>(
    "SELECT id, result FROM engine.steps WHERE run_id = $1 AND state = 'done' ORDER BY settled_order",
    [runId],
  );
  return rows;
}

function diedTooOften(deaths: number): Outcome {
  const message = `The worker's process ended ${deaths} times in the middle of this call`;
  return { kind: "failed", error: { name: "WorkerDied", message }, isRetriable: false };
}
