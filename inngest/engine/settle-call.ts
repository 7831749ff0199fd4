import type { EngineContext } from "./context";
import { addWakeUp, callWakeUp, lockNames, settleWakeUp, type Transaction, waitLockName } from "./database";
import { findAwaitedEvent } from "./find-awaited-event";
import type { LeasedCall } from "./leased-call";
import type { StepChange } from "./operations";
import type { FailedOutcome, Outcome } from "./outcome";
import { continueRun, endRun, type LockedRun, lockRun, settleStep } from "./run-state";
import { lockSlot, wakeParkedCall } from "./slots";
import { backoffDelayMs } from "./time";

/** Stores the outcome of a call, if its run goes on and nobody has taken the call over meanwhile. */
export async function settleCall(
  ctx: EngineContext,
  tx: Transaction,
  call: LeasedCall,
  outcome: Outcome,
): Promise<void> {
  const run = await lockRun(tx, call.runId);
  if (!run) return;
  await lockSlot(tx, run.slotKey);
  const waits =
    outcome.kind === "progressed" ? outcome.changes.filter((change) => change.kind === "wait") : [];
  await lockNames(
    tx,
    waits.map((wait) => waitLockName(wait.eventName)),
    "exclusive",
  );
  if (!(await holdsLease(tx, call))) {
    ctx.log.warn({ runId: call.runId, stepId: call.stepId }, "result dropped: the call was taken over");
    return;
  }
  if (outcome.kind === "returned") await endRun(tx, run, { status: "completed", output: outcome.data });
  if (outcome.kind === "failed") await failCall(ctx, tx, run, call, outcome);
  if (outcome.kind === "progressed") await progress(tx, run, call, outcome.changes);
}

async function holdsLease(tx: Transaction, call: LeasedCall): Promise<boolean> {
  const { rowCount } = await tx.query(
    "SELECT 1 FROM engine.calls WHERE run_id = $1 AND step_id = $2 AND lease = $3 FOR UPDATE",
    [call.runId, call.stepId, call.lease],
  );
  return rowCount === 1;
}

/** Repeats the call later, or fails the run when it may not be repeated. */
async function failCall(
  ctx: EngineContext,
  tx: Transaction,
  run: LockedRun,
  call: LeasedCall,
  { error, isRetriable, retryAfterMs }: FailedOutcome,
): Promise<void> {
  if (!isRetriable || call.attempt + 1 >= call.maxAttempts)
    return endRun(tx, run, { status: "failed", error });
  await tx.query(
    `UPDATE engine.calls SET attempt = attempt + 1, lease = NULL, again = false
     WHERE run_id = $1 AND step_id = $2`,
    [call.runId, call.stepId],
  );
  await wakeParkedCall(tx, run.slotKey);
  const delayMs = retryAfterMs ?? backoffDelayMs(ctx.backoffMs, call.attempt);
  await addWakeUp(tx, callWakeUp(call.runId, call.stepId, new Date(Date.now() + delayMs)));
}

async function progress(
  tx: Transaction,
  run: LockedRun,
  call: LeasedCall,
  changes: StepChange[],
): Promise<void> {
  const { rows } = await tx.query<{ again: boolean }>(
    "DELETE FROM engine.calls WHERE run_id = $1 AND step_id = $2 RETURNING again",
    [call.runId, call.stepId],
  );
  await wakeParkedCall(tx, run.slotKey);
  let goesOn = rows[0]?.again ?? false;
  let races = false;
  for (const change of changes) {
    const settled = await applyChange(tx, run, call, change);
    goesOn ||= settled !== undefined;
    races ||= settled?.races ?? false;
  }
  if (goesOn) return continueRun(tx, run.id, races);
  if (await hasOpenSteps(tx, run.id)) return;
  const message = "The function asked for nothing new and waits for nothing: it would stand still for ever";
  await endRun(tx, run, { status: "failed", error: { name: "RunStalled", message } });
}

/** Returns something when the change has finished a step. The SDK repeats open steps: those known are left alone. */
async function applyChange(
  tx: Transaction,
  run: LockedRun,
  call: LeasedCall,
  change: StepChange,
): Promise<{ races: boolean } | undefined> {
  if (change.kind === "settle") return settleStep(tx, run.id, change.stepId, change.result, call.position);
  if (!(await openStep(tx, run, change))) return undefined;
  if (change.kind === "plan") {
    await tx.query("INSERT INTO engine.calls (run_id, step_id) VALUES ($1, $2)", [run.id, change.stepId]);
    await addWakeUp(tx, callWakeUp(run.id, change.stepId));
    return undefined;
  }
  const awaited = change.kind === "wait" ? await findAwaitedEvent(tx, run, change.stepId) : undefined;
  if (awaited)
    return settleStep(tx, run.id, change.stepId, { type: "data", data: awaited.payload }, awaited.position);
  await addWakeUp(tx, settleWakeUp(run.id, change.stepId, change.dueAt));
  return undefined;
}

const STATES = { plan: "planned", sleep: "sleeping", wait: "waiting" } as const;

/**
 * Its position is that of the step before it. A wait therefore also sees what arrived since that step began: "look,
 * then wait for the event" has no gap in between.
 */
async function openStep(
  tx: Transaction,
  run: LockedRun,
  change: Exclude<StepChange, { kind: "settle" }>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO engine.steps (run_id, id, state, races, due_at, event_name, condition, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce(
       (SELECT position FROM engine.steps WHERE run_id = $1 AND state = 'done' ORDER BY settled_order DESC LIMIT 1), $8))
     ON CONFLICT (run_id, id) DO NOTHING`,
    [
      run.id,
      change.stepId,
      STATES[change.kind],
      change.races,
      change.kind === "plan" ? null : change.dueAt.toISOString(),
      change.kind === "wait" ? change.eventName : null,
      change.kind === "wait" ? change.condition : null,
      run.position,
    ],
  );
  return rowCount === 1;
}

async function hasOpenSteps(tx: Transaction, runId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "SELECT 1 FROM engine.steps WHERE run_id = $1 AND state <> 'done' LIMIT 1",
    [runId],
  );
  return rowCount === 1;
}
