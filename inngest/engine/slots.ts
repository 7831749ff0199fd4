import { addWakeUp, callWakeUp, lockNames, type Transaction } from "./database";

/**
 * Concurrency counts calls that are being executed. A call that finds no free slot is parked without a job; whoever
 * frees a slot wakes the oldest parked one. Both happen under the slot's lock, so that nobody parks unseen.
 */
export async function lockSlot(tx: Transaction, slotKey: string | null): Promise<void> {
  if (slotKey !== null) await lockNames(tx, [`slot:${slotKey}`], "exclusive");
}

/** Returns whether the call may run; parks it otherwise. */
export async function takeSlot(
  tx: Transaction,
  slotKey: string,
  limit: number,
  call: { runId: string; stepId: string },
): Promise<boolean> {
  await lockSlot(tx, slotKey);
  const { rows } = await tx.query<{ taken: number }>(
    `SELECT count(*)::int AS taken FROM engine.calls JOIN engine.runs ON runs.id = calls.run_id
     WHERE runs.slot_key = $1 AND runs.status = 'running' AND calls.lease IS NOT NULL
       AND (calls.run_id, calls.step_id) <> ($2, $3)`,
    [slotKey, call.runId, call.stepId],
  );
  if ((rows[0]?.taken ?? 0) < limit) return true;
  await tx.query(
    `UPDATE engine.calls SET lease = NULL, parked_at = clock_timestamp()
     WHERE run_id = $1 AND step_id = $2`,
    [call.runId, call.stepId],
  );
  return false;
}

/** To be called after a call under this key has given its lease back, under the slot's lock. */
export async function wakeParkedCall(tx: Transaction, slotKey: string | null): Promise<void> {
  if (slotKey === null) return;
  const { rows } = await tx.query<{ runId: string; stepId: string }>(
    `UPDATE engine.calls SET parked_at = NULL
     WHERE (run_id, step_id) = (
       SELECT calls.run_id, calls.step_id FROM engine.calls JOIN engine.runs ON runs.id = calls.run_id
       WHERE runs.slot_key = $1 AND runs.status = 'running' AND calls.parked_at IS NOT NULL
       ORDER BY calls.parked_at LIMIT 1)
     RETURNING run_id AS "runId", step_id AS "stepId"`,
    [slotKey],
  );
  for (const { runId, stepId } of rows) await addWakeUp(tx, callWakeUp(runId, stepId));
}
