import type { EngineContext } from "./context";
import { DISCOVERY } from "./database";
import type { CallId, LeasedCall, Turn } from "./leased-call";
import { leaseCall } from "./leases";
import { type Outcome, readOutcome } from "./outcome";
import { toSerializedError } from "./serialized-error";
import { settleCall } from "./settle-call";

/** A step that takes its process down again and again must not do so for ever. */
const MAX_DEATHS = 10;
/** A run that goes from step to step keeps its place in the pool; after this many it queues up again behind others. */
const MAX_STEPS_IN_A_TURN = 20;

/**
 * Calls a run's function and stores what came of it, and goes on with the run's next steps while nothing else has to
 * happen first. `deaths`: how often a process ended in the middle of this; then a call is done again with the same
 * attempt number.
 */
export async function runCall(ctx: EngineContext, id: CallId, deaths: number): Promise<void> {
  const call = await leaseCall(ctx, id);
  if (!call) return;
  const turn: Turn = { call, stepsLeft: MAX_STEPS_IN_A_TURN };
  ctx.turns.set(call.lease, turn);
  try {
    while (turn.call) {
      const outcome = deaths < MAX_DEATHS ? await callFunction(ctx, turn.call) : diedTooOften(deaths);
      await storeOutcome(ctx, turn, outcome);
    }
  } finally {
    ctx.turns.delete(call.lease);
  }
}

/** Stores what a turn's call has come to, up to now or at its end; what is left to do is the turn's next call. */
export async function storeOutcome(ctx: EngineContext, turn: Turn, outcome: Outcome): Promise<void> {
  // The SDK also answers a call that it was told to give up.
  if (!turn.call) return;
  if (outcome.kind === "failed") {
    // The name only: an error's message may hold what does not belong in a log. The SDK hands it to the client's logger.
    const { runId, functionId, attempt } = turn.call;
    ctx.log.warn({ runId, functionId, attempt, errorName: outcome.error.name }, "function call failed");
  }
  turn.stepsLeft -= 1;
  const mayGoOn = turn.stepsLeft > 0 && !ctx.stopping.aborted && !hasFailedStep(outcome);
  turn.call = await settleCall(ctx, turn.call, outcome, mayGoOn);
}

/** A function that goes from step to step may take for done what could not be kept: it has to be called anew. */
function hasFailedStep(outcome: Outcome): boolean {
  return (
    outcome.kind === "progressed" &&
    outcome.changes.some((change) => change.kind === "settle" && change.result.type === "error")
  );
}

async function callFunction(ctx: EngineContext, call: LeasedCall): Promise<Outcome> {
  const body = {
    // The SDK decides which version of its own execution model applies.
    version: -1,
    event: call.event,
    events: [call.event],
    steps: Object.fromEntries(call.memo.map((step) => [step.id, step.result])),
    ctx: {
      run_id: call.runId,
      step_id: call.stepId,
      attempt: call.attempt,
      max_attempts: call.maxAttempts,
      disable_immediate_execution: call.hasPlannedSteps,
      use_api: false,
      stack: { stack: call.memo.map((step) => step.id), current: call.memo.length },
      // With `fn_id` the SDK goes from step to step in one call and reports each to `checkpoint-api`.
      ...(call.isPlain && call.stepId === DISCOVERY ? { fn_id: call.functionId, qi_id: call.lease } : {}),
    },
  };
  try {
    return await readOutcome(await ctx.sdk.call(call.functionId, call.stepId, body), new Date());
  } catch (error) {
    return { kind: "failed", error: toSerializedError(error), isRetriable: true };
  }
}

function diedTooOften(deaths: number): Outcome {
  const message = `The worker's process ended ${deaths} times in the middle of this call`;
  return { kind: "failed", error: { name: "WorkerDied", message }, isRetriable: false };
}
