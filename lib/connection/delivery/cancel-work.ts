import { sql } from "drizzle-orm";
import type { SystemTransaction } from "@/db/scope";
import { settleDeliveries } from "./close-delivery";
import type { Owner } from "./load-target";
import { lockFeed, publishOutcomes } from "./publish-outcomes";

/**
 * Ends what was still on its way when a connection ended: each row has its outcome, and nothing of its content is left. What
 * was at the vendor at that moment stays `unknown`, since nobody can look any more.
 */
export async function cancelWork(tx: SystemTransaction, owner: Owner): Promise<void> {
  await lockFeed(tx, owner);
  const { connectionId } = owner;
  await publishOutcomes(
    tx,
    owner,
    sql`select id as row_id, delivery_id, entity, outcome, cause, place from moved`,
    sql`
      update delivery_rows set
        state = case when state in ('sending', 'unknown') then 'unknown' else 'rejected' end,
        cause = case when state in ('sending', 'unknown') then null else 'connection_ended' end,
        state_since = now(), next_at = null, waits_for = null, sealed_body = null, sealed_problems = null
      where connection_id = ${connectionId}
        and (state in ('queued', 'sending', 'waiting', 'incomplete') or (state = 'unknown' and next_at is not null))
      returning id, delivery_id, entity, state as outcome, cause, position as place`,
  );
  await tx.execute(sql`
    update deliveries set state = 'dropped', settled_at = now() where connection_id = ${connectionId} and state = 'collecting'`);
  await tx.execute(sql`delete from row_verdicts where connection_id = ${connectionId}`);
  await settleDeliveries(tx, connectionId);
}
