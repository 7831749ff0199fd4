import type { EngineContext } from "./context";
import type { Transaction } from "./database";
import { findAwaitedEvent } from "./find-awaited-event";
import { findInvokedResult, invokeTimedOut } from "./invoke";
import type { CallId } from "./leased-call";
import type { StepResult } from "./operations";
import { continueRun, endRun, type LockedRun, lockRun, settleStep } from "./run-state";
import { addWakeUp, addWakeUps, cancelWakeUp, settleWakeUp } from "./wake-up";

type OpenStep = { dueAt: Date; isDue: boolean; position: string; isSleep: boolean; isInvoke: boolean };

/** Looks at a sleeping or waiting step: what it waits for has come, or its time. Anything else puts the alarm back. */
export async function settleOpenStep(ctx: EngineContext, { runId, stepId }: CallId): Promise<void> {
  await ctx.database.transaction(async (tx) => {
    const locked = lockRun(tx, runId);
    const looked = tx.query<OpenStep>(
      `SELECT due_at AS "dueAt", due_at <= now() AS "isDue", invoked_run_id IS NOT NULL AS "isInvoke", state = 'sleeping' AS "isSleep",
              (SELECT last_value FROM engine.event_positions) AS position
       FROM engine.steps WHERE run_id = $1 AND id = $2 AND state IN ('sleeping', 'waiting')`,
      [runId, stepId],
    );
    const [run, { rows }] = await Promise.all([locked, looked]);
    const [step] = rows;
    if (!run || !step) return;
    const end = await findEnd(tx, run, stepId, step);
    if (!end) return addWakeUp(tx, settleWakeUp(runId, stepId, step.dueAt));
    const settled = await settleStep(tx, { runId, stepId, ...end });
    if (settled) continueRun(tx, runId, settled.races);
  });
}

async function findEnd(
  tx: Transaction,
  run: LockedRun,
  stepId: string,
  step: OpenStep,
): Promise<{ result: StepResult; position: string } | undefined> {
  const { position } = step;
  if (step.isInvoke) {
    const result =
      (await findInvokedResult(tx, run.id, stepId)) ?? (step.isDue ? invokeTimedOut() : undefined);
    return result && { result, position };
  }
  const awaited = step.isSleep ? undefined : await findAwaitedEvent(tx, run, stepId);
  if (awaited) return { result: { type: "data", data: awaited.payload }, position: awaited.position };
  return step.isDue ? { result: { type: "data", data: null }, position } : undefined;
}

/**
 * Ends a run and the runs that it has invoked and still waits for. Calls that are being executed go on, but their
 * results are dropped. `onlyIfUnbegun`: nothing happens when the run's first call has begun.
 */
export async function cancelRun(
  ctx: EngineContext,
  { runId, onlyIfUnbegun = false }: { runId: string; onlyIfUnbegun?: boolean | undefined },
): Promise<void> {
  await ctx.database.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (!run || (onlyIfUnbegun && run.begunAt !== null)) return;
    const invoked = await tx.query<{ id: string }>(
      "SELECT invoked_run_id AS id FROM engine.steps WHERE run_id = $1 AND state = 'waiting' AND invoked_run_id IS NOT NULL",
      [runId],
    );
    addWakeUps(
      tx,
      invoked.rows.map(({ id }) => cancelWakeUp(id)),
    );
    await endRun(tx, run, { status: "cancelled" });
  });
}
