import { settleLink } from "./chain";
import type { EngineContext } from "./context";
import type { CallId, LeasedCall, Turn } from "./leased-call";
import { leaseCall } from "./leases";
import type { StepChange } from "./operations";
import { type Outcome, readOutcome } from "./outcome";
import { toSerializedError } from "./serialized-error";
import { settleCall } from "./settle-call";

/** A step that takes its process down again and again must not do so for ever. */
const MAX_DEATHS = 10;
/** A run that goes from step to step keeps its place in the pool; after this many it queues up again behind others. */
const MAX_STEPS_IN_A_TURN = 20;

/**
 * Calls a run's function and stores what came of it. `deaths`: how often a process ended in the middle of this; then a call
 * is done again with the same attempt number.
 */
export async function runCall(ctx: EngineContext, id: CallId, deaths: number): Promise<void> {
  const call = await leaseCall(ctx, id);
  if (!call) return;
  const turn: Turn = { call, stepsLeft: MAX_STEPS_IN_A_TURN };
  ctx.turns.set(call.lease, turn);
  try {
    const outcome = deaths < MAX_DEATHS ? await callFunction(ctx, call) : diedTooOften(deaths);
    // The SDK also answers a call that it was told to give up.
    if (turn.call) await settleCall(ctx, turn.call, outcome);
  } finally {
    ctx.turns.delete(call.lease);
  }
}

/** Stores a step that the turn's call reports while it goes on; it has to stop when the turn has no call any more. */
export async function continueTurn(ctx: EngineContext, turn: Turn, outcome: Outcome): Promise<void> {
  if (!turn.call) return;
  turn.stepsLeft -= 1;
  const result = turn.stepsLeft > 0 && !ctx.stopping.aborted ? onlyResult(outcome) : undefined;
  const next = result && (await settleLink(ctx.database, turn.call, result));
  if (!next) await settleCall(ctx, turn.call, outcome);
  turn.call = next;
}

/** A step that failed for good has to be told to the function by another call: in this one it may have taken it for done. */
function onlyResult(outcome: Outcome): (StepChange & { kind: "settle" }) | undefined {
  if (outcome.kind !== "progressed" || outcome.changes.length !== 1) return undefined;
  const [change] = outcome.changes;
  return change?.kind === "settle" && change.result.type === "data" ? change : undefined;
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
      ...(call.isChain ? { fn_id: call.functionId, qi_id: call.lease } : {}),
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
