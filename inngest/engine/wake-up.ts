import type { Transaction } from "./database";

/** A graphile-worker job: it carries ids and means "look at this row". */
export type WakeUp = { task: string; payload: unknown; jobKey?: string; runAt?: Date };

export type TaskName = "engine-call" | "engine-settle" | "engine-cancel" | "engine-ended" | "engine-cron";

/** Unlike graphile's default of 25, practically endless: the engine itself decides when a call has died too often. */
const MAX_WAKE_UPS = 1000;

/** The call that adds a job, with SQL for each argument. */
export function addJob(task: string, payload: string, jobKey: string, runAt: string): string {
  const times = `run_at => ${runAt}::timestamptz, max_attempts => ${MAX_WAKE_UPS}`;
  return `graphile_worker.add_job(${task}, payload => ${payload}::json, job_key => ${jobKey}, ${times})`;
}

/** Adds jobs in the caller's transaction, in this order; one with the same key that has not started is replaced. */
export function addWakeUps(tx: Transaction, wakeUps: readonly WakeUp[]): void {
  if (wakeUps.length === 0) return;
  tx.send(
    `SELECT ${addJob("task", "payload", "key", "at")}
     FROM unnest($1::text[], $2::json[], $3::text[], $4::timestamptz[]) AS jobs (task, payload, key, at)`,
    [
      wakeUps.map(({ task }) => task),
      wakeUps.map(({ payload }) => JSON.stringify(payload)),
      wakeUps.map(({ jobKey }) => jobKey ?? null),
      wakeUps.map(({ runAt }) => runAt?.toISOString() ?? null),
    ],
  );
}

export function addWakeUp(tx: Transaction, wakeUp: WakeUp): void {
  addWakeUps(tx, [wakeUp]);
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
