import type { Database } from "./database";
import { addWakeUps, callWakeUp, settleWakeUp } from "./wake-up";

const RETENTION = "30 days";

/** Every open call and every sleeping or waiting step has a job; this adds the ones that got lost. */
export async function repairWakeUps(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    const calls = await tx.query<{ runId: string; stepId: string }>(
      `SELECT run_id AS "runId", step_id AS "stepId" FROM engine.calls
       WHERE parked_on IS NULL
         AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE key = 'call:' || run_id || ':' || step_id)`,
    );
    const lost = calls.rows.map(({ runId, stepId }) => callWakeUp(runId, stepId));
    const steps = await tx.query<{ runId: string; stepId: string; dueAt: Date }>(
      `SELECT steps.run_id AS "runId", steps.id AS "stepId", steps.due_at AS "dueAt"
       FROM engine.steps JOIN engine.runs ON runs.id = steps.run_id AND runs.status = 'running'
       WHERE steps.state IN ('sleeping', 'waiting')
         AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE key = 'settle:' || steps.run_id || ':' || steps.id)`,
    );
    lost.push(...steps.rows.map(({ runId, stepId, dueAt }) => settleWakeUp(runId, stepId, dueAt)));
    addWakeUps(tx, lost);
  });
}

/** Forgets what ended long ago, and with it the ids by which repeated events are recognized. */
export async function prune(database: Database): Promise<void> {
  await database.query(`DELETE FROM engine.runs WHERE ended_at < now() - interval '${RETENTION}'`);
  await database.query(`DELETE FROM engine.events WHERE received_at < now() - interval '${RETENTION}'`);
  // graphile-worker keeps a job that was replaced while its process died, although it will never run.
  await database.query(
    `SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs
     WHERE task_identifier LIKE 'engine-%' AND key IS NULL AND attempts >= max_attempts AND locked_at IS NULL`,
  );
}
