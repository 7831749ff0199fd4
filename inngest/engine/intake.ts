import { matches } from "./condition";
import type { EngineContext } from "./context";
import { lockNames, type Transaction } from "./database";
import { type EngineEvent, isLifecycleEvent, isLifecycleEventOf } from "./event";
import { findCancelled, findWaits } from "./find-listeners";
import type { RegisteredFunction } from "./registry";
import { startLockNames, startRun } from "./start-run";
import { eventLockNames } from "./wait-locks";
import { addWakeUps, type WakeUp } from "./wake-up";

/**
 * Accepts events in one transaction: stores the new ones, starts what they trigger, wakes what waits for them. An event
 * whose id is known is skipped. `onlyFunctionId` starts that function alone, whatever its triggers (cron).
 *
 * Takes no lock on a run: it leaves jobs that do. The shared name locks pair with the exclusive one under which a wait
 * is registered, so that either sees the other.
 */
export async function takeIn(
  ctx: EngineContext,
  events: readonly EngineEvent[],
  onlyFunctionId?: string,
): Promise<void> {
  const triggered = (event: EngineEvent) => triggeredFunctions(ctx, event, onlyFunctionId);
  await ctx.database.transaction(async (tx) => {
    lockNames(tx, events.flatMap(eventLockNames), "shared");
    lockNames(tx, startLockNames(events.flatMap(triggered)), "exclusive");
    const wakeUps: WakeUp[] = [];
    for (const event of events) {
      const position = await insertEvent(tx, event);
      if (position === undefined) continue;
      wakeUps.push(...(await findWaits(tx, event)), ...(await findCancelled(ctx, tx, event)));
      for (const fn of triggered(event)) await startRun(tx, fn, event, position, wakeUps);
    }
    // In one order everywhere: two batches that wake the same runs must not block each other.
    wakeUps.sort((a, b) => (a.jobKey ?? "").localeCompare(b.jobKey ?? ""));
    addWakeUps(tx, wakeUps);
  });
}

async function insertEvent(tx: Transaction, event: EngineEvent): Promise<string | undefined> {
  const { rows } = await tx.query<{ position: string }>(
    `INSERT INTO engine.events (id, name, payload) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO NOTHING RETURNING position`,
    [event.id, event.name, JSON.stringify(event)],
  );
  return rows[0]?.position;
}

function triggeredFunctions(
  ctx: EngineContext,
  event: EngineEvent,
  onlyFunctionId?: string,
): RegisteredFunction[] {
  // Who ended a run tells of it; everything else is somebody else's to start.
  if (!ctx.startsRuns && !isLifecycleEvent(event)) return [];
  const functions = [...ctx.registry.values()];
  if (onlyFunctionId !== undefined) return functions.filter((fn) => fn.id === onlyFunctionId);
  return functions.filter(
    (fn) =>
      !isLifecycleEventOf(event, fn.id) &&
      fn.events.some((trigger) => trigger.event === event.name && matches(trigger.expression, event)),
  );
}
