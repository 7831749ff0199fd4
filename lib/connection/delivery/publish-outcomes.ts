import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { DoorTransaction } from "@/db/scope";
import type { Owner } from "./load-target";

/**
 * Takes the lock of the connection's feed until the commit: numbers of its outcomes have no gap, and their order is that of
 * the commits. Taken before any row of the connection is changed, so that no two transactions wait for each other; never
 * held across a call to the vendor.
 */
export async function lockFeed(tx: DoorTransaction, owner: Owner): Promise<void> {
  await tx.execute(sql`
    insert into outcome_feeds (connection_id, partner_id, account_id, epoch)
    values (${owner.connectionId}, ${owner.partnerId}, ${owner.accountId}, ${randomUUID()})
    on conflict (connection_id) do nothing`);
  await tx.execute(sql`select 1 from outcome_feeds where connection_id = ${owner.connectionId} for update`);
}

/**
 * Adds outcomes to a connection's history and to its day's counters. `changed` gives `row_id, delivery_id, entity, outcome,
 * cause, place`, the last one for their order; `change` is a statement that it may read as `moved`. The feed has to be locked.
 */
export async function publishOutcomes(
  tx: DoorTransaction,
  owner: Owner,
  changed: SQL,
  change?: SQL,
): Promise<void> {
  const { connectionId, partnerId, accountId } = owner;
  await tx.execute(sql`
    with ${change ? sql`moved as (${change}),` : sql``} changed as materialized (${changed}),
    feed as (
      update outcome_feeds set last_number = last_number + (select count(*) from changed)
      where connection_id = ${connectionId} and exists (select from changed) returning last_number
    ),
    added as (
      insert into outcome_events (connection_id, partner_id, account_id, number, row_id, delivery_id, entity, outcome, cause)
      select ${connectionId}::uuid, ${partnerId}::uuid, ${accountId}::uuid,
        feed.last_number - (select count(*) from changed) + row_number() over (order by place, row_id),
        row_id, delivery_id, entity, outcome, cause
      from changed cross join feed
    )
    insert into connection_counters (connection_id, partner_id, account_id, entity, day, outcome, count)
    select ${connectionId}::uuid, ${partnerId}::uuid, ${accountId}::uuid, entity, (now() at time zone 'utc')::date, outcome,
      count(*)
    from changed group by entity, outcome
    on conflict (connection_id, entity, day, outcome)
      do update set count = connection_counters.count + excluded.count`);
}
