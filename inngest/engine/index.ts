/**
 * A durable engine for Inngest functions on Postgres alone, inside the worker's process.
 *
 * A run is a row in `engine.runs`; what it has done and waits for are its `engine.steps`; what has to be executed are
 * its `engine.calls`. A graphile-worker job carries ids and means "look at this row": it is added in the transaction
 * that changes the row, so that neither can be lost without the other.
 *
 *   event-api → intake → start-run, find-listeners      an event starts runs, ends waits, cancels
 *   call → sdk-client → outcome, operations             a function is called, by the SDK's own protocol
 *        → settle-call → apply-change → run-state       what came of it is stored; the run goes on, waits or ends
 *   checkpoint-api → call; chain                        a function that goes from step to step reports each; stored at once
 *   leases, slots                                       who executes a call, and how many at once
 *   invoke                                              a function as another one's step
 *   settle-step                                         an awaited event or the end of a sleep lets a run go on
 *   announce-end, cron                                  events that the engine itself sends
 *   worker-pool → pools                                 heartbeat; calls of dead processes are taken over
 *   maintenance                                         lost jobs, old runs
 *   database, wait-locks, wake-up                       transactions, prepared statements, locks; jobs
 *
 * A run that goes from step to step keeps its job: what is settled and the next call are one row in one transaction.
 * A step's body may run twice (its process died before the result was stored); its result is kept once.
 */
export { createEngine, type Engine, type EngineOptions } from "./engine";
export { migrateEngine } from "./migrate";
export { sign } from "./sign";
