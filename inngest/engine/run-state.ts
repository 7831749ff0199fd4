import type { Transaction } from "./database";
import { DISCOVERY } from "./leased-call";
import type { StepResult } from "./operations";
import type { SerializedError } from "./serialized-error";
import { lockSlots, wakeParkedCalls } from "./slots";
import { addJob, addWakeUp, callWakeUp, settleWakeUp } from "./wake-up";

export type LockedRun = {
  id: string;
  functionId: string;
  event: unknown;
  position: string;
  slotKeys: string[];
  /** Kept for functions with time-outs only. */
  begunAt: Date | null;
  /** The step that waits for this run's end, when the run was invoked by another. */
  invokerRunId: string | null;
  invokerStepId: string | null;
};

/** Every change of a run's steps happens under this lock; undefined when the run has ended. */
export async function lockRun(tx: Transaction, runId: string): Promise<LockedRun | undefined> {
  const { rows } = await tx.query<LockedRun>(
    `SELECT id, function_id AS "functionId", event, position, slot_keys AS "slotKeys", begun_at AS "begunAt",
            invoker_run_id AS "invokerRunId", invoker_step_id AS "invokerStepId"
     FROM engine.runs WHERE id = $1 AND status = 'running' FOR NO KEY UPDATE`,
    [runId],
  );
  return rows[0];
}

type SettledStep = {
  runId: string;
  stepId: string;
  result: StepResult;
  /** Events up to here are behind the run. */
  position: string;
  name?: string | undefined;
  attempts?: number;
};

/** Remembers a step's result, once; undefined when there is one already. */
export async function settleStep(
  tx: Transaction,
  { runId, stepId, result, position, name, attempts }: SettledStep,
): Promise<{ races: boolean } | undefined> {
  const { rows } = await tx.query<{ races: boolean }>(
    `INSERT INTO engine.steps (run_id, id, state, position, result, name, attempts, settled_at, settled_order)
     VALUES ($1, $2, 'done', $3, $4, $5, $6, clock_timestamp(),
             (SELECT coalesce(max(settled_order), 0) + 1 FROM engine.steps WHERE run_id = $1))
     ON CONFLICT (run_id, id) DO UPDATE
       SET state = 'done', position = excluded.position, result = excluded.result, attempts = excluded.attempts,
           settled_at = excluded.settled_at, settled_order = excluded.settled_order
       WHERE steps.state <> 'done'
     RETURNING races`,
    [runId, stepId, position, JSON.stringify(result), name ?? null, attempts ?? null],
  );
  return rows[0];
}

/** Lets the function go on, once no planned step of a parallel group is open any more; a race holds nobody up. */
export function continueRun(tx: Transaction, runId: string, races: boolean): void {
  const { task, payload, jobKey } = callWakeUp(runId, DISCOVERY);
  // A discovery that is under way has read older results: it is marked to be followed by another.
  tx.send(
    `WITH discovery AS (
       INSERT INTO engine.calls AS known (run_id, step_id)
       SELECT $1, $2 WHERE $3 OR NOT EXISTS (SELECT 1 FROM engine.steps WHERE run_id = $1 AND state = 'planned' AND NOT races)
       ON CONFLICT (run_id, step_id) DO UPDATE SET again = true
       RETURNING xmax = 0 AS is_new)
     SELECT ${addJob("$4", "$5", "$6", "NULL")} FROM discovery WHERE is_new`,
    [runId, DISCOVERY, races, task, JSON.stringify(payload), jobKey],
  );
}

export type RunEnd =
  | { status: "completed"; output: unknown }
  | { status: "failed"; error: SerializedError }
  | { status: "cancelled" };

/** Ends a run, whatever of it is still open, and leaves a job that tells the rest of the world. */
export async function endRun(tx: Transaction, run: LockedRun, end: RunEnd): Promise<void> {
  lockSlots(tx, run.slotKeys);
  tx.send("UPDATE engine.runs SET status = $2, output = $3, error = $4, ended_at = now() WHERE id = $1", [
    run.id,
    end.status,
    end.status === "completed" ? JSON.stringify(end.output ?? null) : null,
    end.status === "failed" ? JSON.stringify(end.error) : null,
  ]);
  tx.send(
    `SELECT graphile_worker.remove_job(alarm) FROM (
       SELECT 'settle:' || run_id || ':' || id AS alarm
       FROM engine.steps WHERE run_id = $1 AND state IN ('sleeping', 'waiting')
       UNION ALL SELECT 'timeout:' || id FROM engine.runs WHERE id = $1 AND has_timeouts) AS alarms`,
    [run.id],
  );
  tx.send("DELETE FROM engine.calls WHERE run_id = $1", [run.id]);
  await wakeParkedCalls(tx, run.slotKeys);
  if (run.invokerRunId !== null && run.invokerStepId !== null)
    addWakeUp(tx, settleWakeUp(run.invokerRunId, run.invokerStepId));
  addWakeUp(tx, { task: "engine-ended", payload: { runId: run.id }, jobKey: `ended:${run.id}` });
}
