import { randomUUID } from "node:crypto";
import type { EngineContext } from "./context";
import type { Queryable, Transaction } from "./database";
import { type CallId, DISCOVERY, type LeasedCall } from "./leased-call";
import type { RegisteredFunction } from "./registry";
import { takeSlots } from "./slots";
import { parseDueAt } from "./time";
import { addWakeUp, timeoutWakeUp } from "./wake-up";

type StartingRun = { functionId: string; slotKeys: string[]; isTimed: boolean };

/** Makes a call this process's own. undefined when the run has ended, the call is done, or it has to wait for a slot. */
export async function leaseCall(ctx: EngineContext, id: CallId): Promise<LeasedCall | undefined> {
  const call = await takeLease(ctx, ctx.database, id, "only if nothing restrains it");
  if (call) return call;
  const { rows } = await ctx.database.query<StartingRun>(
    `SELECT function_id AS "functionId", slot_keys AS "slotKeys", has_timeouts AND begun_at IS NULL AS "isTimed"
     FROM engine.runs WHERE id = $1 AND status = 'running'`,
    [id.runId],
  );
  const [run] = rows;
  if (!run || (run.slotKeys.length === 0 && !run.isTimed)) return undefined;
  const fn = ctx.registry.get(run.functionId);
  return ctx.database.transaction(async (tx) => {
    if (!(await takeSlots(tx, run.slotKeys, fn?.concurrency ?? [], id))) return undefined;
    if (run.isTimed) noteBeginning(tx, id.runId, fn);
    return takeLease(ctx, tx, id, "restraints are dealt with");
  });
}

/**
 * Also reads what the call is told. Leaves `again` as it is: what was settled after this statement began is looked at in
 * another call.
 */
async function takeLease(
  ctx: EngineContext,
  database: Queryable,
  id: CallId,
  when: "only if nothing restrains it" | "restraints are dealt with",
): Promise<LeasedCall | undefined> {
  const lease = randomUUID();
  const { rows } = await database.query<Omit<LeasedCall, "lease" | "maxAttempts" | keyof CallId>>(
    `UPDATE engine.calls SET lease = $3, parked_on = NULL, parked_at = NULL
     FROM engine.runs
     WHERE calls.run_id = $1 AND calls.step_id = $2 AND runs.id = $1 AND runs.status = 'running'
       AND ($4 OR (runs.slot_keys = '{}' AND NOT (runs.has_timeouts AND runs.begun_at IS NULL)))
     RETURNING runs.function_id AS "functionId", calls.attempt, runs.event,
       (SELECT last_value FROM engine.event_positions) AS position,
       EXISTS (SELECT 1 FROM engine.steps WHERE run_id = $1 AND id <> $2 AND state = 'planned') AS "hasPlannedSteps",
       $2 = '${DISCOVERY}' AND runs.slot_keys = '{}' AND NOT EXISTS (
         SELECT 1 FROM engine.steps WHERE run_id = $1 AND state <> 'done') AS "isChain",
       (SELECT coalesce(json_agg(json_build_object('id', id, 'result', result) ORDER BY settled_order), '[]')
        FROM engine.steps WHERE run_id = $1 AND state = 'done') AS memo`,
    [id.runId, id.stepId, lease, when === "restraints are dealt with"],
  );
  const [call] = rows;
  return call && { ...id, ...call, lease, maxAttempts: ctx.registry.get(call.functionId)?.maxAttempts ?? 1 };
}

/** From its first call on the start's time-out no longer counts, but the finish's does. */
function noteBeginning(tx: Transaction, runId: string, fn: RegisteredFunction | undefined): void {
  tx.send("UPDATE engine.runs SET begun_at = now() WHERE id = $1", [runId]);
  const finishWithin = fn?.timeouts?.finish;
  if (finishWithin) addWakeUp(tx, timeoutWakeUp(runId, false, parseDueAt(finishWithin, new Date())));
}
