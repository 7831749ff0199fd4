import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import {
  type JobListView,
  RUN_STATES,
  RUN_WAITS,
  type RunFilter,
  type RunSummary,
  type RunView,
  STEP_STATES,
} from "./schema";

export type Operator = ScopedTransaction<"operator">;
const PAGE = 25;

const time = z.coerce.date().transform((date) => date.toISOString());
const count = z.coerce.number();
const error = (name: string | null, message: string | null) =>
  name === null && message === null ? null : { name: name ?? "Error", message: message ?? "" };

const runRow = z
  .object({
    id: z.string(),
    function_id: z.string(),
    status: z.enum(RUN_STATES),
    event_name: z.string().nullable(),
    subjects: z.record(z.string(), z.string()).nullable(),
    started_at: time,
    ended_at: time.nullable(),
    error_name: z.string().nullable(),
    error_message: z.string().nullable(),
    waits_for: z.enum(RUN_WAITS).nullable(),
    waits_for_name: z.string().nullable(),
    waits_until: time.nullable(),
  })
  .transform(
    (row): RunSummary => ({
      id: row.id,
      functionId: row.function_id,
      state: row.status,
      eventName: row.event_name ?? "",
      subjects: row.subjects ?? {},
      startedAt: row.started_at,
      endedAt: row.ended_at,
      error: error(row.error_name, row.error_message),
      waitsFor: row.waits_for && {
        kind: row.waits_for,
        name: row.waits_for_name,
        until: row.waits_until,
      },
    }),
  );

const stepRow = z
  .object({
    name: z.string(),
    state: z.enum(STEP_STATES),
    attempts: count.nullable(),
    opened_at: time,
    settled_at: time.nullable(),
    due_at: time.nullable(),
    event_name: z.string().nullable(),
    invoked_run_id: z.string().nullable(),
    error_name: z.string().nullable(),
    error_message: z.string().nullable(),
  })
  .transform((row) => ({
    name: row.name,
    state: row.state,
    attempts: row.attempts ?? 0,
    openedAt: row.opened_at,
    settledAt: row.settled_at,
    dueAt: row.due_at,
    eventName: row.event_name,
    invokedRunId: row.invoked_run_id,
    error: error(row.error_name, row.error_message),
  }));

const failureRow = z
  .object({
    step_name: z.string().nullable(),
    attempt: count,
    failed_at: time,
    retry_at: time.nullable(),
    error_name: z.string().nullable(),
    error_message: z.string().nullable(),
  })
  .transform((row) => ({
    stepName: row.step_name,
    attempt: row.attempt,
    failedAt: row.failed_at,
    retryAt: row.retry_at,
    error: { name: row.error_name ?? "Error", message: row.error_message ?? "" },
  }));

const functionRow = z
  .object({ function_id: z.string(), running: count, failed_last_day: count })
  .transform((row) => ({
    functionId: row.function_id,
    running: row.running,
    failedLastDay: row.failed_last_day,
  }));

const queueRow = z
  .object({
    waiting: count,
    oldest_waiting_seconds: count,
    executing: count,
    parked: count,
    scheduled: count,
    running_runs: count,
    failed_last_day: count,
    live_workers: count,
  })
  .transform((row) => ({
    waiting: row.waiting,
    oldestWaitingSeconds: Math.round(row.oldest_waiting_seconds),
    executing: row.executing,
    parked: row.parked,
    scheduled: row.scheduled,
    runningRuns: row.running_runs,
    failedLastDay: row.failed_last_day,
    liveWorkers: row.live_workers,
  }));

async function read<S extends z.ZodType>(tx: Operator, row: S, query: SQL): Promise<z.infer<S>[]> {
  return z.array(row).parse([...(await tx.execute(query))]);
}

/** Runs of the embedded engine, newest first, a page of 25, with how much waits. */
export async function listRuns(tx: Operator, filter: RunFilter): Promise<JobListView> {
  const { functionId = null, state = null, before = null } = filter;
  const rows = await read(
    tx,
    runRow,
    sql`select * from engine_admin.list_runs(${functionId}, ${state}, ${before}, ${PAGE + 1})`,
  );
  const runs = rows.slice(0, PAGE);
  const [queue] = await read(tx, queueRow, sql`select * from engine_admin.queue_numbers()`);
  if (!queue) throw new Error("the engine gave no numbers");
  return {
    filter,
    runs,
    nextCursor: rows.length > PAGE ? (runs.at(-1)?.id ?? null) : null,
    functions: await read(tx, functionRow, sql`select * from engine_admin.list_functions()`),
    queue,
  };
}

/** One run with its steps and every try that failed. Throws `not_found`. */
export async function getRun(tx: Operator, runId: string): Promise<RunView> {
  const [run] = await read(tx, runRow, sql`select * from engine_admin.find_run(${runId})`);
  if (!run) throw new AppError("not_found", "run");
  return {
    ...run,
    steps: await read(tx, stepRow, sql`select * from engine_admin.list_steps(${runId})`),
    failures: await read(tx, failureRow, sql`select * from engine_admin.list_failures(${runId})`),
  };
}
