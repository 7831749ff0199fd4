import type { Transaction } from "./database";

/** A graphile-worker job: it carries ids and means "look at this row". */
export type WakeUp = { task: string; payload: unknown; jobKey?: string; runAt?: Date };

export type TaskName = "engine-call" | "engine-settle" | "engine-cancel" | "engine-ended" | "engine-cron";

/** Unlike graphile's default of 25, practically endless: the engine itself decides when a call has died too often. */
export const MAX_WAKE_UPS = 1000;

/** Adds jobs in the caller's transaction, in this order; one with the same key that has not started is replaced. */
export async function addWakeUps(tx: Transaction, wakeUps: readonly WakeUp[]): Promise<void> {
  if (wakeUps.length === 0) return;
  await tx.query(
    `SELECT graphile_worker.add_job(task, payload => payload, job_key => key, run_at => at, max_attempts => ${MAX_WAKE_UPS})
     FROM unnest($1::text[], $2::json[], $3::text[], $4::timestamptz[]) AS jobs (task, payload, key, at)`,
    [
      wakeUps.map(({ task }) => task),
      wakeUps.map(({ payload }) => JSON.stringify(payload)),
      wakeUps.map(({ jobKey }) => jobKey ?? null),
      wakeUps.map(({ runAt }) => runAt?.toISOString() ?? null),
    ],
  );
}

export function addWakeUp(tx: Transaction, wakeUp: WakeUp): Promise<void> {
  return addWakeUps(tx, [wakeUp]);
}

export const callWakeUp = stepWakeUp("engine-call", "call");
export const settleWakeUp = stepWakeUp("engine-settle", "settle");

function stepWakeUp(task: TaskName, kind: string) {
  return (runId: string, stepId: string, runAt?: Date): WakeUp => {
    return { task, payload: { runId, stepId }, jobKey: `${kind}:${runId}:${stepId}`, runAt };
  };
}

export function cancelWakeUp(runId: string): WakeUp {
  return { task: "engine-cancel" satisfies TaskName, payload: { runId }, jobKey: `cancel:${runId}` };
}

/** Cancels the run when its time is over; with `onlyIfUnbegun` only when none of its calls has begun by then. */
export function timeoutWakeUp(runId: string, onlyIfUnbegun: boolean, runAt: Date): WakeUp {
  return {
    task: "engine-cancel" satisfies TaskName,
    payload: { runId, onlyIfUnbegun },
    jobKey: `timeout:${runId}`,
    runAt,
  };
}
