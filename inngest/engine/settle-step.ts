import type { EngineContext } from "./context";
import { addWakeUp, settleWakeUp } from "./database";
import { findAwaitedEvent } from "./find-awaited-event";
import type { CallId } from "./leased-call";
import { continueRun, endRun, lockRun, settleStep } from "./run-state";

type OpenStep = { dueAt: Date; isDue: boolean; position: string };

/** Looks at a sleeping or waiting step: its event has come, or its time. Anything else puts the alarm back. */
export async function settleOpenStep(ctx: EngineContext, { runId, stepId }: CallId): Promise<void> {
  await ctx.database.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (!run) return;
    const { rows } = await tx.query<OpenStep>(
      `SELECT due_at AS "dueAt", due_at <= now() AS "isDue", (SELECT last_value FROM engine.event_positions) AS position
       FROM engine.steps WHERE run_id = $1 AND id = $2 AND state IN ('sleeping', 'waiting')`,
      [runId, stepId],
    );
    const [step] = rows;
    if (!step) return;
    const awaited = await findAwaitedEvent(tx, run, stepId);
    if (!awaited && !step.isDue) return addWakeUp(tx, settleWakeUp(runId, stepId, step.dueAt));
    const { payload, position } = awaited ?? { payload: null, position: step.position };
    const settled = await settleStep(tx, runId, stepId, { type: "data", data: payload }, position);
    if (settled) await continueRun(tx, runId, settled.races);
  });
}

/** A call that is being executed goes on, but its result is dropped. */
export async function cancelRun(ctx: EngineContext, { runId }: { runId: string }): Promise<void> {
  await ctx.database.transaction(async (tx) => {
    const run = await lockRun(tx, runId);
    if (run) await endRun(tx, run, { status: "cancelled" });
  });
}
