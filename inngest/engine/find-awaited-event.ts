import { matches } from "./condition";
import type { Transaction } from "./database";
import type { LockedRun } from "./run-state";

/** The first event after the wait's position that matches it. */
export async function findAwaitedEvent(
  tx: Transaction,
  run: LockedRun,
  stepId: string,
): Promise<{ payload: unknown; position: string } | undefined> {
  const { rows } = await tx.query<{ payload: unknown; position: string; condition: string | null }>(
    `SELECT events.payload, events.position, steps.condition
     FROM engine.steps JOIN engine.events ON events.name = steps.event_name AND events.position > steps.position
       AND (steps.match_text IS NULL OR strpos(events.payload::text, steps.match_text) > 0)
     WHERE steps.run_id = $1 AND steps.id = $2 AND steps.state = 'waiting' ORDER BY events.position`,
    [run.id, stepId],
  );
  return rows.find((row) => matches(row.condition, run.event, row.payload));
}
