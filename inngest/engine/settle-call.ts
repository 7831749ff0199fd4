import { applyChange } from "./apply-change";
import { endChain } from "./chain";
import type { EngineContext } from "./context";
import { lockNames, type Transaction } from "./database";
import type { LeasedCall } from "./leased-call";
import { noteFailure } from "./note-failure";
import type { StepChange } from "./operations";
import type { FailedOutcome, Outcome } from "./outcome";
import { continueRun, endRun, type LockedRun, lockRun } from "./run-state";
import { lockSlots, wakeParkedCalls } from "./slots";
import { startLockNames } from "./start-run";
import { backoffDelayMs } from "./time";
import { waitLockName } from "./wait-locks";
import { addWakeUp, callWakeUp } from "./wake-up";

/** Stores what a call has come to, if its run goes on and nobody has taken the call over meanwhile. */
export async function settleCall(ctx: EngineContext, call: LeasedCall, outcome: Outcome): Promise<void> {
  if (outcome.kind === "failed") {
    // The name only: an error's message may hold what does not belong in a log. The SDK hands it to the client's logger.
    const { runId, functionId, attempt } = call;
    ctx.log.warn({ runId, functionId, attempt, errorName: outcome.error.name }, "function call failed");
  }
  const canEndAtOnce = call.isChain && outcome.kind === "returned";
  if (canEndAtOnce && (await endChain(ctx.database, call, outcome.data))) return;
  await ctx.database.transaction(async (tx) => {
    const run = await lockRun(tx, call.runId);
    if (!run) return;
    lockSlots(tx, run.slotKeys);
    const changes = outcome.kind === "progressed" ? outcome.changes : [];
    const names = changes.flatMap((change) => changeLockNames(ctx, run, change));
    lockNames(tx, names, "exclusive");
    const held = await findHeldCall(tx, call, outcome);
    if (!held) {
      ctx.log.warn({ runId: call.runId, stepId: call.stepId }, "result dropped: the call was taken over");
    } else if (outcome.kind === "progressed") {
      await progress(ctx, tx, run, call, changes, held.again);
    } else if (outcome.kind === "returned") {
      await endRun(tx, run, { status: "completed", output: outcome.data });
    } else await failCall(ctx, tx, run, call, outcome);
  });
}

/** The locks that pair with an event's intake: of waits that are registered, and of functions that are invoked. */
function changeLockNames({ registry }: EngineContext, run: LockedRun, change: StepChange): string[] {
  if (change.kind === "wait") return [waitLockName(change, run.event)];
  const invoked = change.kind === "invoke" && registry.get(change.functionId);
  return invoked ? startLockNames([invoked]) : [];
}

/** What has been done of the call is taken away; a failed one is left for another try. */
async function findHeldCall(
  tx: Transaction,
  { runId, stepId, lease }: LeasedCall,
  { kind }: Outcome,
): Promise<{ again: boolean } | undefined> {
  const held = "FROM engine.calls WHERE run_id = $1 AND step_id = $2 AND lease = $3";
  const text = kind === "failed" ? `SELECT again ${held} FOR UPDATE` : `DELETE ${held} RETURNING again`;
  const { rows } = await tx.query<{ again: boolean }>(text, [runId, stepId, lease]);
  return rows[0];
}

/** Repeats the call later, or fails the run when it may not be repeated. */
async function failCall(
  ctx: EngineContext,
  tx: Transaction,
  run: LockedRun,
  call: LeasedCall,
  { error, isRetriable, retryAfterMs, stepName }: FailedOutcome,
): Promise<void> {
  const isFinal = !isRetriable || call.attempt + 1 >= call.maxAttempts;
  const delayMs = retryAfterMs ?? backoffDelayMs(ctx.backoffMs, call.attempt);
  const retryAt = isFinal ? null : new Date(Date.now() + delayMs);
  noteFailure(tx, { runId: run.id, stepName, attempt: call.attempt, error, retryAt });
  if (!retryAt) return endRun(tx, run, { status: "failed", error });
  tx.send(
    `UPDATE engine.calls SET attempt = attempt + 1, lease = NULL, again = false
     WHERE run_id = $1 AND step_id = $2`,
    [call.runId, call.stepId],
  );
  await wakeParkedCalls(tx, run.slotKeys);
  addWakeUp(tx, callWakeUp(call.runId, call.stepId, retryAt));
}

async function progress(
  ctx: EngineContext,
  tx: Transaction,
  run: LockedRun,
  call: LeasedCall,
  changes: readonly StepChange[],
  again: boolean,
): Promise<void> {
  let goesOn = again;
  let races = false;
  for (const change of changes) {
    const settled = await applyChange(ctx, tx, run, call, change);
    goesOn ||= settled !== undefined;
    races ||= settled?.races ?? false;
  }
  await wakeParkedCalls(tx, run.slotKeys);
  if (goesOn) continueRun(tx, run.id, races);
  else if (!(await hasOpenSteps(tx, run.id))) await endRun(tx, run, { status: "failed", error: STALLED });
}

const STALLED = {
  name: "RunStalled",
  message: "The function asked for nothing new and waits for nothing: it would stand still for ever",
};

async function hasOpenSteps(tx: Transaction, runId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "SELECT 1 FROM engine.steps WHERE run_id = $1 AND state <> 'done' LIMIT 1",
    [runId],
  );
  return rowCount === 1;
}
