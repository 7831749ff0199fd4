import { matches, matchTexts } from "./condition";
import type { EngineContext } from "./context";
import type { Transaction } from "./database";
import type { EngineEvent } from "./event";
import { parseDueAt } from "./time";
import { cancelWakeUp, settleWakeUp, type WakeUp } from "./wake-up";

/** Waits of running runs that the event ends. */
export async function findWaits(tx: Transaction, event: EngineEvent): Promise<WakeUp[]> {
  const { rows } = await tx.query<{
    runId: string;
    stepId: string;
    condition: string | null;
    trigger: unknown;
  }>(
    `SELECT steps.run_id AS "runId", steps.id AS "stepId", steps.condition, runs.event AS trigger
     FROM engine.steps JOIN engine.runs ON runs.id = steps.run_id
     WHERE steps.state = 'waiting' AND steps.event_name = $1 AND runs.status = 'running'
       AND (steps.match_text IS NULL OR steps.match_text = ANY ($2))`,
    [event.name, matchTexts(event)],
  );
  return rows
    .filter((wait) => matches(wait.condition, wait.trigger, event))
    .map((wait) => settleWakeUp(wait.runId, wait.stepId));
}

/** Running runs that the event cancels, by their function's `cancelOn`. */
export async function findCancelled(
  ctx: EngineContext,
  tx: Transaction,
  event: EngineEvent,
): Promise<WakeUp[]> {
  const wakeUps: WakeUp[] = [];
  for (const fn of ctx.registry.values()) {
    const rules = fn.cancel.filter((rule) => rule.event === event.name);
    if (rules.length === 0) continue;
    const { rows } = await tx.query<{ id: string; trigger: unknown; startedAt: Date }>(
      `SELECT id, event AS trigger, started_at AS "startedAt" FROM engine.runs
       WHERE function_id = $1 AND status = 'running'`,
      [fn.id],
    );
    const now = new Date();
    const isCancelled = (run: (typeof rows)[number]) =>
      rules.some(
        (rule) =>
          matches(rule.if, run.trigger, event) &&
          (!rule.timeout || parseDueAt(rule.timeout, run.startedAt) > now),
      );
    wakeUps.push(...rows.filter(isCancelled).map((run) => cancelWakeUp(run.id)));
  }
  return wakeUps;
}
