import { uuidv7 } from "uuidv7";
import { evaluateKey } from "./condition";
import { callWakeUp, cancelWakeUp, DISCOVERY, type Transaction, type WakeUp } from "./database";
import type { EngineEvent } from "./event";
import type { RegisteredFunction } from "./registry";

/** Functions that may refuse to start look and insert under this lock. */
export function startLockNames(functions: readonly RegisteredFunction[]): string[] {
  return functions.filter((fn) => fn.idempotency || fn.singleton).map((fn) => `start:${fn.id}`);
}

/**
 * Starts a run unless the event has already started one, an equal idempotency key has in the last 24 hours, or a
 * singleton is running; a singleton of mode "cancel" cancels the running one. Wake-ups are added to the given list.
 */
export async function startRun(
  tx: Transaction,
  fn: RegisteredFunction,
  event: EngineEvent,
  position: string,
  wakeUps: WakeUp[],
): Promise<void> {
  const idempotencyKey = fn.idempotency ? evaluateKey(fn.idempotency, event) : null;
  const singletonKey = fn.singleton ? (fn.singleton.key ? evaluateKey(fn.singleton.key, event) : "") : null;
  if (idempotencyKey !== null && (await hasRunToday(tx, fn.id, idempotencyKey))) return;
  if (singletonKey !== null) {
    const running = await findRunning(tx, fn.id, singletonKey);
    if (running.length > 0 && fn.singleton?.mode === "skip") return;
    wakeUps.push(...running.map(cancelWakeUp));
  }
  const { rows } = await tx.query<{ id: string }>(
    `WITH run AS (
       INSERT INTO engine.runs (id, function_id, event_id, event, position, idempotency_key, singleton_key, slot_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (function_id, event_id) DO NOTHING RETURNING id)
     INSERT INTO engine.calls (run_id, step_id) SELECT id, 'step' FROM run RETURNING run_id AS id`,
    [
      uuidv7(),
      fn.id,
      event.id,
      JSON.stringify(event),
      position,
      idempotencyKey,
      singletonKey,
      slotKey(fn, event),
    ],
  );
  wakeUps.push(...rows.map((run) => callWakeUp(run.id, DISCOVERY)));
}

function slotKey({ id, concurrency }: RegisteredFunction, event: EngineEvent): string | null {
  return concurrency ? `${id}:${concurrency.key ? evaluateKey(concurrency.key, event) : ""}` : null;
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
