import { uuidv7 } from "uuidv7";
import { evaluateKey } from "./condition";
import type { Transaction } from "./database";
import type { EngineEvent } from "./event";
import { type CallId, DISCOVERY } from "./leased-call";
import type { RegisteredFunction } from "./registry";
import { parseDueAt } from "./time";
import { callWakeUp, cancelWakeUp, timeoutWakeUp, type WakeUp } from "./wake-up";

/** Functions that may refuse to start look and insert under this lock. */
export function startLockNames(functions: readonly RegisteredFunction[]): string[] {
  return functions.filter((fn) => fn.idempotency || fn.singleton).map((fn) => `start:${fn.id}`);
}

/**
 * Starts a run unless the event has already started one, an equal idempotency key has in the last 24 hours, or a
 * singleton is running; a singleton of mode "cancel" cancels the running one. Wake-ups are added to the given list.
 * `invoker`: the step that waits for the end. Returns the new run's id.
 */
export async function startRun(
  tx: Transaction,
  fn: RegisteredFunction,
  event: EngineEvent,
  position: string,
  wakeUps: WakeUp[],
  invoker?: CallId,
): Promise<string | undefined> {
  const idempotencyKey = fn.idempotency ? evaluateKey(fn.idempotency, event) : null;
  const singletonKey = fn.singleton ? (fn.singleton.key ? evaluateKey(fn.singleton.key, event) : "") : null;
  if (idempotencyKey !== null && (await hasRunToday(tx, fn.id, idempotencyKey))) return undefined;
  if (singletonKey !== null) {
    const running = await findRunning(tx, fn.id, singletonKey);
    if (running.length > 0 && fn.singleton?.mode === "skip") return undefined;
    wakeUps.push(...running.map(cancelWakeUp));
  }
  const { rows } = await tx.query<{ id: string }>(
    `WITH run AS (
       INSERT INTO engine.runs (id, function_id, event_id, event, position, idempotency_key, singleton_key, slot_keys,
                                has_timeouts, invoker_run_id, invoker_step_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (function_id, event_id) DO NOTHING RETURNING id)
     INSERT INTO engine.calls (run_id, step_id) SELECT id, 'step' FROM run RETURNING run_id AS id`,
    [
      uuidv7(),
      fn.id,
      event.id,
      JSON.stringify(event),
      position,
      idempotencyKey,
      singletonKey,
      slotKeys(fn, event),
      fn.timeouts !== undefined,
      invoker?.runId ?? null,
      invoker?.stepId ?? null,
    ],
  );
  const [run] = rows;
  if (!run) return undefined;
  wakeUps.push(callWakeUp(run.id, DISCOVERY));
  const startWithin = fn.timeouts?.start;
  if (startWithin) wakeUps.push(timeoutWakeUp(run.id, true, parseDueAt(startWithin, new Date())));
  return run.id;
}

/** One slot for each rule; rules with the same key have slots of their own. */
function slotKeys({ id, concurrency }: RegisteredFunction, event: EngineEvent): string[] {
  return concurrency.map((rule, index) => `${id}:${index}:${rule.key ? evaluateKey(rule.key, event) : ""}`);
}

async function hasRunToday(tx: Transaction, functionId: string, key: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM engine.runs
     WHERE function_id = $1 AND idempotency_key = $2 AND started_at > now() - interval '24 hours' LIMIT 1`,
    [functionId, key],
  );
  return (rowCount ?? 0) > 0;
}

async function findRunning(tx: Transaction, functionId: string, singletonKey: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM engine.runs WHERE function_id = $1 AND status = 'running' AND singleton_key = $2",
    [functionId, singletonKey],
  );
  return rows.map((row) => row.id);
}
