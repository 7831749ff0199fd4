import type { World } from "./world";

/** From 6:00 to 14:00 UTC. */
const FIRST_MINUTE = 6 * 60;
const WORKING_MINUTES = 8 * 60;

/**
 * Moves the requests to the days before, one to each, in the order in which they were made: what is listed and counted says then, what was
 * signed says when it was signed. Triggers are off, since nothing happens at the moved times. The last one stays today's.
 */
export async function moveIntoPast({ database }: World, requestIds: readonly string[]): Promise<void> {
  // Ids are ordered by time.
  const ordered = [...requestIds].sort();
  const moves = ordered.map((id, index) => ({
    id,
    minutes: minutesBack(ordered.length - 1 - index),
  }));
  await database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (const { id, minutes } of moves) {
      const by = tx`make_interval(mins => ${minutes}::int)`;
      await tx`update drafts set accepted_at = accepted_at - ${by}, consent_started_at = consent_started_at - ${by},
          selected_at = selected_at - ${by}, created_at = created_at - ${by}, updated_at = updated_at - ${by}
        where id = (select draft_id from activation_requests where id = ${id})`;
      await tx`update activation_requests set submitted_at = submitted_at - ${by}, decided_at = decided_at - ${by},
          deadline_at = deadline_at - case when settled_at is null then interval '0' else ${by} end,
          settled_at = settled_at - ${by}, created_at = created_at - ${by}, updated_at = updated_at - ${by}
        where id = ${id}`;
      await tx`update connections set state_since = state_since - ${by}, created_at = created_at - ${by}
        where activation_id in (select id from activations where request_id = ${id})`;
      await tx`update activations set state_since = state_since - ${by}, created_at = created_at - ${by}
        where request_id = ${id}`;
    }
  });
}

/** One on each day before today, at hours at which offices work. */
function minutesBack(position: number): number {
  if (position === 0) return 0;
  const minuteOfDay = FIRST_MINUTE + ((position * 97) % WORKING_MINUTES);
  const then = new Date();
  then.setUTCDate(then.getUTCDate() - position);
  then.setUTCHours(0, minuteOfDay, 0, 0);
  return Math.round((Date.now() - then.getTime()) / 60_000);
}
