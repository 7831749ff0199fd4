import { applyChange } from "./apply-change";
import { endChain, settleLink } from "./chain";
import type { EngineContext } from "./context";
import { addWakeUp, callWakeUp, DISCOVERY, lockNames, type Transaction, waitLockName } from "./database";
import type { LeasedCall } from "./leased-call";
import { refreshCall } from "./leases";
import { noteFailure } from "./note-failure";
import type { StepChange } from "./operations";
import type { FailedOutcome, Outcome } from "./outcome";
import { continueRun, endRun, type LockedRun, lockRun } from "./run-state";
import { lockSlots, wakeParkedCalls } from "./slots";
import { startLockNames } from "./start-run";
import { backoffDelayMs } from "./time";

/**
 * Stores the outcome of a call, if its run goes on and nobody has taken the call over meanwhile. When the function can go on
 * at once, under the same lease, and `mayGoOn` says so, the call by which it does is returned.
 */
export async function settleCall(
  ctx: EngineContext,
  call: LeasedCall,
  outcome: Outcome,
  mayGoOn: boolean,
): Promise<LeasedCall | undefined> {
  if (call.isPlain && call.stepId === DISCOVERY) {
    if (outcome.kind === "returned" && (await endChain(ctx.database, call, outcome.data))) return undefined;
    const link = mayGoOn && call.attempt === 0 ? onlyResult(outcome) : undefined;
    const next = link && (await settleLink(ctx.database, call, link));
    if (next) return next;
  }
  return ctx.database.transaction((tx) => settleInTransaction(ctx, tx, call, outcome, mayGoOn));
}

function onlyResult(outcome: Outcome): (StepChange & { kind: "settle" }) | undefined {
  if (outcome.kind !== "progressed" || outcome.changes.length !== 1) return undefined;
  const [change] = outcome.changes;
  return change?.kind === "settle" && change.result.type === "data" ? change : undefined;
}

async function settleInTransaction(
  ctx: EngineContext,
  tx: Transaction,
  call: LeasedCall,
  outcome: Outcome,
  mayGoOn: boolean,
): Promise<LeasedCall | undefined> {
  const run = await lockRun(tx, call.runId);
  if (!run) return undefined;
  await lockSlots(tx, run.slotKeys);
  if (outcome.kind === "progressed") await lockForChanges(ctx, tx, outcome.changes);
  const held = await findHeldCall(tx, call);
  if (!held) {
    ctx.log.warn({ runId: call.runId, stepId: call.stepId }, "result dropped: the call was taken over");
    return undefined;
  }
  if (outcome.kind === "progressed")
    return progress(ctx, tx, run, call, outcome.changes, { again: held.again, mayGoOn });
  if (outcome.kind === "returned") await endRun(tx, run, { status: "completed", output: outcome.data });
  else await failCall(ctx, tx, run, call, outcome);
  return undefined;
}

/** The locks that pair with an event's intake: of waits that are registered, and of functions that are invoked. */
async function lockForChanges(
  ctx: EngineContext,
  tx: Transaction,
  changes: readonly StepChange[],
): Promise<void> {
  const waits = changes.filter((change) => change.kind === "wait");
  await lockNames(
    tx,
    waits.map((wait) => waitLockName(wait.eventName)),
    "exclusive",
  );
  const invoked = changes.flatMap((change) =>
    change.kind === "invoke" ? (ctx.registry.get(change.functionId) ?? []) : [],
  );
  await lockNames(tx, startLockNames(invoked), "exclusive");
}

async function findHeldCall(tx: Transaction, call: LeasedCall): Promise<{ again: boolean } | undefined> {
  const { rows } = await tx.query<{ again: boolean }>(
    "SELECT again FROM engine.calls WHERE run_id = $1 AND step_id = $2 AND lease = $3 FOR UPDATE",
    [call.runId, call.stepId, call.lease],
  );
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
  await noteFailure(tx, { runId: run.id, stepName, attempt: call.attempt, error, retryAt });
  if (!retryAt) return endRun(tx, run, { status: "failed", error });
  await tx.query(
    `UPDATE engine.calls SET attempt = attempt + 1, lease = NULL, again = false
     WHERE run_id = $1 AND step_id = $2`,
    [call.runId, call.stepId],
  );
  await wakeParkedCalls(tx, run.slotKeys);
  await addWakeUp(tx, callWakeUp(call.runId, call.stepId, retryAt));
}

async function progress(
  ctx: EngineContext,
  tx: Transaction,
  run: LockedRun,
  call: LeasedCall,
  changes: readonly StepChange[],
  { again, mayGoOn }: { again: boolean; mayGoOn: boolean },
): Promise<LeasedCall | undefined> {
  let goesOn = again;
  let races = false;
  for (const change of changes) {
    const settled = await applyChange(ctx, tx, run, call, change);
    goesOn ||= settled !== undefined;
    races ||= settled?.races ?? false;
  }
  // Who holds a slot gives it to others between two steps.
  const canGoOn = goesOn && mayGoOn && call.stepId === DISCOVERY && run.slotKeys.length === 0;
  const next = canGoOn ? await refreshCall(tx, call, races) : undefined;
  if (next) return next;
  await tx.query("DELETE FROM engine.calls WHERE run_id = $1 AND step_id = $2", [call.runId, call.stepId]);
  await wakeParkedCalls(tx, run.slotKeys);
  if (goesOn) await continueRun(tx, run.id, races);
  else if (!(await hasOpenSteps(tx, run.id))) await endRun(tx, run, { status: "failed", error: STALLED });
  return undefined;
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
