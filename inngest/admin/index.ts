/**
 * What an operator may see and do of the embedded engine's runs, as functions of the database in schema `engine_admin`. They run
 * as the engine's owner, and nobody but the given role may call them. Times are timestamptz, run ids are UUIDs in text
 * (version 7: later runs sort after earlier ones).
 *
 *   engine_admin.list_runs(of_function text, of_status text, before_id text, max_rows integer)
 *     Newest first, at most 200; null means any function or status. For the next page give the last row's id.
 *     → id, function_id, status ('running' | 'completed' | 'failed' | 'cancelled'), event_name, subjects jsonb,
 *       started_at, ended_at, error_name, error_message, waits_for ('event' | 'sleep' | 'invoke' | 'slot' | 'retry' |
 *       'worker', null when it has ended or is being executed), waits_for_name (event, step or function), waits_until
 *   engine_admin.find_run(of_id text)                  the same columns; no row when there is none
 *   engine_admin.list_steps(of_run text)               in the order in which they were opened
 *     → name, state ('planned' | 'sleeping' | 'waiting' | 'failed' | 'done'), attempts, opened_at, settled_at, due_at,
 *       event_name, invoked_run_id, error_name, error_message
 *   engine_admin.list_failures(of_run text)            every try that failed, oldest first
 *     → step_name (null: outside of a step), attempt (from 1), failed_at, retry_at (null: the last try), error_name,
 *       error_message
 *   engine_admin.list_functions()                      → function_id, running bigint, failed_last_day bigint
 *   engine_admin.queue_numbers()                       one row
 *     → waiting bigint (jobs that are due and not taken), oldest_waiting_seconds double precision, executing bigint,
 *       parked bigint (for a concurrency slot), scheduled bigint (due later), running_runs bigint, failed_last_day bigint,
 *       live_workers bigint
 *   engine_admin.retry_run(of_id text)  → boolean      goes on where a failed or cancelled run ended: what is done stays done,
 *                                                steps that failed are tried again. false: it is in no such state, or an
 *                                                equal singleton runs
 *   engine_admin.cancel_run(of_id text) → boolean      false: it has ended already. The run ends within moments
 *
 * The schema is another one than the engine's, which nobody else can look into.
 *
 * No payload leaves the database: of an event only the ids in its data (`subjects`), of an error its name and its
 * redacted, shortened message, of a step's result nothing.
 */
export { createAdminFunctions } from "./create-admin-functions";
