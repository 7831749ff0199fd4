import { lockNames, type Transaction } from "./database";
import type { CallId } from "./leased-call";
import type { ConcurrencyRule } from "./registry";
import { addWakeUp, callWakeUp } from "./wake-up";

/**
 * Concurrency counts calls that are being executed. A call that finds a rule without room is parked on that rule's slot,
 * without a job; whoever frees a slot wakes the oldest call parked on it. All of it happens under the slots' locks, so
 * that nobody parks unseen.
 */
export function lockSlots(tx: Transaction, slotKeys: readonly string[]): void {
  lockNames(
    tx,
    slotKeys.map((key) => `slot:${key}`),
    "exclusive",
  );
}

/** Returns whether the call may run; parks it otherwise. `slotKeys` belong to `rules`, in the same order. */
export async function takeSlots(
  tx: Transaction,
  slotKeys: readonly string[],
  rules: readonly ConcurrencyRule[],
  call: CallId,
): Promise<boolean> {
  lockSlots(tx, slotKeys);
  const full = await findFullSlot(tx, slotKeys, rules, call);
  if (full === undefined) return true;
  tx.send(
    `UPDATE engine.calls SET lease = NULL, parked_on = $3, parked_at = coalesce(parked_at, clock_timestamp())
     WHERE run_id = $1 AND step_id = $2`,
    [call.runId, call.stepId, full],
  );
  // It may have been woken for one of its other slots, which somebody else can use.
  await wakeParkedCalls(
    tx,
    slotKeys.filter((key) => key !== full),
  );
  return false;
}

async function findFullSlot(
  tx: Transaction,
  slotKeys: readonly string[],
  rules: readonly ConcurrencyRule[],
  call: CallId,
): Promise<string | undefined> {
  for (const [index, slotKey] of slotKeys.entries()) {
    const { rows } = await tx.query<{ taken: number }>(
      `SELECT count(*)::int AS taken FROM engine.calls JOIN engine.runs ON runs.id = calls.run_id
       WHERE runs.slot_keys @> ARRAY[$1] AND runs.slot_keys <> '{}' AND runs.status = 'running'
         AND calls.lease IS NOT NULL AND (calls.run_id, calls.step_id) <> ($2, $3)`,
      [slotKey, call.runId, call.stepId],
    );
    const limit = rules[index]?.limit ?? Number.POSITIVE_INFINITY;
    if ((rows[0]?.taken ?? 0) >= limit) return slotKey;
  }
  return undefined;
}

/** To be called after a call of these slots has given its lease back, under the slots' locks. */
export async function wakeParkedCalls(tx: Transaction, slotKeys: readonly string[]): Promise<void> {
  for (const slotKey of slotKeys) {
    const { rows } = await tx.query<CallId>(
      `UPDATE engine.calls SET parked_on = NULL
       WHERE (run_id, step_id) = (
         SELECT run_id, step_id FROM engine.calls WHERE parked_on = $1 ORDER BY parked_at LIMIT 1)
       RETURNING run_id AS "runId", step_id AS "stepId"`,
      [slotKey],
    );
    for (const { runId, stepId } of rows) addWakeUp(tx, callWakeUp(runId, stepId));
  }
}
