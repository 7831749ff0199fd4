import { randomUUID } from "node:crypto";
import type { EngineContext } from "./context";
import type { Transaction } from "./database";
import type { CallId, LeasedCall } from "./leased-call";
import { type Outcome, readOutcome } from "./outcome";
import { toSerializedError } from "./serialized-error";
import { settleCall } from "./settle-call";
import { takeSlot } from "./slots";

/** A step that takes its process down again and again must not do so for ever. */
const MAX_DEATHS = 10;

/**
 * Calls a run's function once and stores what came of it. `deaths`: how often a process ended in the middle of this
 * call; then it is done again with the same attempt number.
 */
export async function runCall(ctx: EngineContext, id: CallId, deaths: number): Promise<void> {
  const call = await leaseCall(ctx, id);
  if (!call) return;
  const outcome = deaths < MAX_DEATHS ? await callFunction(ctx, call) : diedTooOften(deaths);
  if (outcome.kind === "failed") {
    // The name only: an error's message may hold what does not belong in a log. The SDK hands it to the client's logger.
    const { runId, functionId, attempt } = call;
    ctx.log.warn({ runId, functionId, attempt, errorName: outcome.error.name }, "function call failed");
  }
  await ctx.database.transaction((tx) => settleCall(ctx, tx, call, outcome));
}

/** undefined when the run has ended, the call is done, or it has to wait for a slot. */
async function leaseCall(ctx: EngineContext, id: CallId): Promise<LeasedCall | undefined> {
  const { rows } = await ctx.database.pool.query<{ functionId: string; slotKey: string | null }>(
    `SELECT function_id AS "functionId", slot_key AS "slotKey" FROM engine.runs WHERE id = $1 AND status = 'running'`,
    [id.runId],
  );
  const [run] = rows;
  if (!run) return undefined;
  const fn = ctx.registry.get(run.functionId);
  const call = { ...id, functionId: run.functionId, maxAttempts: fn?.maxAttempts ?? 1 };
  const { slotKey } = run;
  const limit = fn?.concurrency?.limit;
  if (slotKey === null || limit === undefined) return takeLease(ctx.database.pool, call);
  return ctx.database.transaction(async (tx) =>
    (await takeSlot(tx, slotKey, limit, id)) ? takeLease(tx, call) : undefined,
  );
}

async function takeLease(
  tx: Transaction,
  call: Pick<LeasedCall, "runId" | "stepId" | "functionId" | "maxAttempts">,
): Promise<LeasedCall | undefined> {
  const lease = randomUUID();
  const { rows } = await tx.query<Pick<LeasedCall, "attempt" | "event" | "position" | "hasPlannedSteps">>(
    `UPDATE engine.calls SET lease = $3, again = false, parked_at = NULL
     FROM engine.runs WHERE calls.run_id = $1 AND calls.step_id = $2 AND runs.id = $1
     RETURNING calls.attempt, runs.event,
       (SELECT last_value FROM engine.event_positions) AS position,
       EXISTS (SELECT 1 FROM engine.steps WHERE run_id = $1 AND id <> $2 AND state = 'planned') AS "hasPlannedSteps"`,
    [call.runId, call.stepId, lease],
  );
  return rows[0] && { ...call, ...rows[0], lease };
}

async function callFunction(ctx: EngineContext, call: LeasedCall): Promise<Outcome> {
  const memo = await readMemo(ctx, call.runId);
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

/** Finished steps in the order in which they finished: the SDK resolves their promises in that order. */
async function readMemo(ctx: EngineContext, runId: string): Promise<{ id: string; result: unknown }[]> {
  const { rows } = await ctx.database.pool.query<{ id: string; result: unknown }>(
    "SELECT id, result FROM engine.steps WHERE run_id = $1 AND state = 'done' ORDER BY settled_order",
    [runId],
  );
  return rows;
}

function diedTooOften(deaths: number): Outcome {
  const message = `The worker's process ended ${deaths} times in the middle of this call`;
  return { kind: "failed", error: { name: "WorkerDied", message }, isRetriable: false };
}
