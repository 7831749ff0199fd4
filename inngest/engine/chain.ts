import type { Database } from "./database";
import type { LeasedCall } from "./leased-call";
import type { StepChange } from "./operations";
import { addJob } from "./wake-up";

/**
 * Most runs are chains: one step after another, and nothing else is open. Then nobody but the holder of the lease changes
 * the run, and one statement does what `settle-call` does in a transaction of many.
 */

/** Stores a step's result and returns the call that goes on from there; undefined when it takes more than this. */
export async function settleLink(
  database: Database,
  call: LeasedCall,
  { stepId, name, result }: StepChange & { kind: "settle" },
): Promise<LeasedCall | undefined> {
  const { rows } = await database.query<{ position: string }>(
    `WITH held AS (
       SELECT run_id FROM engine.calls WHERE run_id = $1 AND step_id = $2 AND lease = $3 AND NOT again FOR UPDATE)
     INSERT INTO engine.steps (run_id, id, state, position, result, name, attempts, settled_at, settled_order)
     SELECT run_id, $4, 'done', $5, $6, $7, 1, clock_timestamp(),
            (SELECT coalesce(max(settled_order), 0) + 1 FROM engine.steps WHERE run_id = $1)
     FROM held ON CONFLICT (run_id, id) DO NOTHING
     RETURNING (SELECT last_value FROM engine.event_positions) AS position`,
    [call.runId, call.stepId, call.lease, stepId, call.position, JSON.stringify(result), name],
  );
  return rows[0] && { ...call, ...rows[0], memo: [...call.memo, { id: stepId, result }] };
}

/** Ends the run with what its function returned; false when it takes more than this. */
export async function endChain(database: Database, call: LeasedCall, output: unknown): Promise<boolean> {
  const { rowCount } = await database.query(
    `WITH run AS (
       SELECT id FROM engine.runs
       WHERE id = $1 AND status = 'running' AND NOT has_timeouts AND invoker_run_id IS NULL FOR NO KEY UPDATE),
     held AS (
       DELETE FROM engine.calls USING run WHERE run_id = run.id AND step_id = $2 AND lease = $3 RETURNING run_id),
     ended AS (
       UPDATE engine.runs SET status = 'completed', output = $4, ended_at = now()
       FROM held WHERE runs.id = held.run_id RETURNING runs.id)
     SELECT ${addJob("'engine-ended'", "json_build_object('runId', id)", "'ended:' || id", "NULL")} FROM ended`,
    [call.runId, call.stepId, call.lease, JSON.stringify(output ?? null)],
  );
  return rowCount === 1;
}
