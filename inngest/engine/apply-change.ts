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
import { addWakeUp, callWakeUp, settleWakeUp } from "./wake-up";

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
    await noteLastTry(tx, call, change);
    // Whoever reports a step again has not heard that it is stored.
    return (await settle(change.result, call.position)) ?? { races: false };
  }
  if (!(await openStep(tx, run, change))) return undefined;
  switch (change.kind) {
    case "plan":
      await tx.query("INSERT INTO engine.calls (run_id, step_id) VALUES ($1, $2)", [run.id, stepId]);
      await addWakeUp(tx, callWakeUp(run.id, stepId));
      return undefined;
    case "wait": {
      const awaited = await findAwaitedEvent(tx, run, stepId);
      if (awaited) return settle({ type: "data", data: awaited.payload }, awaited.position);
      break;
    }
    case "invoke": {
      const refusal = await invokeFunction(ctx, tx, run, change, call.position);
      if (refusal) return settle(refusal, call.position);
      break;
    }
  }
  await addWakeUp(tx, settleWakeUp(run.id, stepId, change.dueAt));
  return undefined;
}

async function noteLastTry(
  tx: Transaction,
  { runId, attempt }: LeasedCall,
  { name, result }: StepChange & { kind: "settle" },
): Promise<void> {
  if (result.type === "data") return;
  const error = toSerializedError(result.error);
  await noteFailure(tx, { runId, stepName: name, attempt, error, retryAt: null });
}

const STATES = { plan: "planned", sleep: "sleeping", wait: "waiting", invoke: "waiting" } as const;

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
    `INSERT INTO engine.steps (run_id, id, state, races, due_at, event_name, condition, match_text, name, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $10, $8, coalesce(
       (SELECT position FROM engine.steps WHERE run_id = $1 AND state = 'done' ORDER BY settled_order DESC LIMIT 1), $9))
     ON CONFLICT (run_id, id) DO NOTHING`,
    [
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
    ],
  );
  return rowCount === 1;
}
