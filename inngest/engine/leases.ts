import { addWakeUp, callWakeUp, type Database, settleWakeUp } from "./database";

const RETENTION = "30 days";

/** Tells the other processes that this pool lives. */
export async function beat(database: Database, poolId: string): Promise<void> {
  await database.pool.query(
    "INSERT INTO engine.pools (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET seen_at = now()",
    [poolId],
  );
}

export async function leave(database: Database, poolId: string): Promise<void> {
  await database.pool.query("DELETE FROM engine.pools WHERE id = $1", [poolId]);
}

/** Gives back the jobs of pools that have been silent for longer than their lease; returns those pools' ids. */
export async function releaseDeadPools(database: Database, leaseMs: number): Promise<string[]> {
  return database.transaction(async (tx) => {
    const lease = `${leaseMs} milliseconds`;
    await tx.query("DELETE FROM engine.pools WHERE seen_at < now() - $1::interval", [lease]);
    const { rows } = await tx.query<{ id: string }>(
      `SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs
       WHERE locked_at < now() - $1::interval AND locked_by NOT IN (SELECT id FROM engine.pools)`,
      [lease],
    );
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await tx.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [ids]);
    return ids;
  });
}

/** Every open call and every sleeping or waiting step has a job; this adds the ones that got lost. */
export async function repairWakeUps(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    const calls = await tx.query<{ runId: string; stepId: string }>(
      `SELECT run_id AS "runId", step_id AS "stepId" FROM engine.calls
       WHERE parked_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE key = 'call:' || run_id || ':' || step_id)`,
    );
    for (const { runId, stepId } of calls.rows) await addWakeUp(tx, callWakeUp(runId, stepId));
    const steps = await tx.query<{ runId: string; stepId: string; dueAt: Date }>(
      `SELECT steps.run_id AS "runId", steps.id AS "stepId", steps.due_at AS "dueAt"
       FROM engine.steps JOIN engine.runs ON runs.id = steps.run_id AND runs.status = 'running'
       WHERE steps.state IN ('sleeping', 'waiting')
         AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE key = 'settle:' || steps.run_id || ':' || steps.id)`,
    );
    for (const { runId, stepId, dueAt } of steps.rows)
      await addWakeUp(tx, settleWakeUp(runId, stepId, dueAt));
  });
}

/** Forgets what ended long ago, and with it the ids by which repeated events are recognized. */
export async function prune(database: Database): Promise<void> {
  await database.pool.query(`DELETE FROM engine.runs WHERE ended_at < now() - interval '${RETENTION}'`);
  await database.pool.query(`DELETE FROM engine.events WHERE received_at < now() - interval '${RETENTION}'`);
  // graphile-worker keeps a job that was replaced while its process died, although it will never run.
  await database.pool.query(
    `SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs
     WHERE task_identifier LIKE 'engine-%' AND key IS NULL AND attempts >= max_attempts AND locked_at IS NULL`,
  );
}
