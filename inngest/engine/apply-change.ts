import { matchText } from "./condition";
import type { EngineContext } from "./context";
import type { Transaction } from "./database";
import { findAwaitedEvent } from "./find-awaited-event";
import { invokeFunction } from "./invoke";
import type { LeasedCall } from "./leased-call";
import { noteFailure } from "./note-failure";
import type { StepChange, StepResult } from "./operations";
import { type LockedRun, settleStep } from "./run-state";
import { toSerializedError } from "./serialized-error";
import { addJob, addWakeUp, callWakeUp, settleWakeUp, type WakeUp } from "./wake-up";

type Settled = { races: boolean } | undefined;

/** Returns something when the change has finished a step. The SDK repeats open steps: those known are left alone. */
export async function applyChange(
  ctx: EngineContext,
  tx: Transaction,
  run: LockedRun,
  call: LeasedCall,
  change: StepChange,
): Promise<Settled> {
  const { stepId, name } = change;
  const attempts = call.attempt + 1;
  const settle = (result: StepResult, position: string) =>
    settleStep(tx, { runId: run.id, stepId, name, attempts, result, position });
  if (change.kind === "settle") {
    noteLastTry(tx, call, change);
    // Whoever reports a step again has not heard that it is stored.
    return (await settle(change.result, call.position)) ?? { races: false };
  }
  switch (change.kind) {
    case "plan":
      tx.send(...openStep(run, change, callWakeUp(run.id, stepId)));
      return undefined;
    case "sleep":
      tx.send(...openStep(run, change, settleWakeUp(run.id, stepId, change.dueAt)));
      return undefined;
    case "wait": {
      if (!(await tx.query(...openStep(run, change))).rowCount) return undefined;
      const awaited = await findAwaitedEvent(tx, run, stepId);
      if (awaited) return settle({ type: "data", data: awaited.payload }, awaited.position);
      break;
    }
    case "invoke": {
      if (!(await tx.query(...openStep(run, change))).rowCount) return undefined;
      const refusal = await invokeFunction(ctx, tx, run, change, call.position);
      if (refusal) return settle(refusal, call.position);
      break;
    }
  }
  addWakeUp(tx, settleWakeUp(run.id, stepId, change.dueAt));
  return undefined;
}

function noteLastTry(
  tx: Transaction,
  { runId, attempt }: LeasedCall,
  { name, result }: StepChange & { kind: "settle" },
): void {
  if (result.type === "data") return;
  const error = toSerializedError(result.error);
  noteFailure(tx, { runId, stepName: name, attempt, error, retryAt: null });
}

const STATES = { plan: "planned", sleep: "sleeping", wait: "waiting", invoke: "waiting" } as const;

/**
 * The statement that opens a step nobody knows yet; one row tells that it did. `wakeUp` is added with it.
 *
 * The step's position is that of the step before it. A wait therefore also sees what arrived since that step began: "look,
 * then wait for the event" has no gap in between.
 */
function openStep(
  run: LockedRun,
  change: Exclude<StepChange, { kind: "settle" }>,
  wakeUp?: WakeUp,
): [text: string, values: unknown[]] {
  const text = `
    WITH opened AS (
      INSERT INTO engine.steps (run_id, id, state, races, due_at, event_name, condition, match_text, name, position)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $10, $8, coalesce(
        (SELECT position FROM engine.steps WHERE run_id = $1 AND state = 'done' ORDER BY settled_order DESC LIMIT 1), $9))
      ON CONFLICT (run_id, id) DO NOTHING RETURNING run_id, id, state),
    planned AS (
      INSERT INTO engine.calls (run_id, step_id) SELECT run_id, id FROM opened WHERE state = 'planned')
    SELECT CASE WHEN $11::text IS NOT NULL THEN (
      SELECT id FROM ${addJob("$11", "$12", "$13", "$14")}) END FROM opened`;
  const values = [
    run.id,
    change.stepId,
    STATES[change.kind],
    change.races,
    change.kind === "plan" ? null : change.dueAt.toISOString(),
    change.kind === "wait" ? change.eventName : null,
    change.kind === "wait" ? change.condition : null,
    change.name,
    run.position,
    change.kind === "wait" ? matchText(change.condition, run.event) : null,
    wakeUp?.task ?? null,
    JSON.stringify(wakeUp?.payload ?? null),
    wakeUp?.jobKey ?? null,
    wakeUp?.runAt?.toISOString() ?? null,
  ];
  return [text, values];
}
