import { sql } from "drizzle-orm";
import type { DoorTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { OpenDelivery } from "./open-delivery";
import { lockFeed, publishOutcomes } from "./publish-outcomes";
import { publishSets, settleSets } from "./unchanged-sets";
import { wakeQueue } from "./wake-queue";

/**
 * Queues what a delivery collected, in one transaction. Of a key only the newest row goes on: an older one that has not left
 * is superseded, whichever delivery it came with. What was last written for the key already is unchanged. Gives the
 * delivery's number. Throws `conflict` for a delivery that is closed, and `ChangedMeanwhile` as `settleSets` does.
 */
export async function closeDelivery(
  tx: DoorTransaction,
  { id, target, unchangedSince }: Pick<OpenDelivery, "id" | "target" | "unchangedSince">,
): Promise<number> {
  const { owner } = target;
  await lockFeed(tx, owner);
  const ofDelivery = { deliveryId: id, owner };
  const inSets =
    unchangedSince === null
      ? sql`0`
      : sql`(select coalesce(sum(count), 0) from unchanged_sets where connection_id = ${owner.connectionId} and delivery_id = ${id})`;
  const [closed] = await tx.execute<{ number: string }>(sql`
    with feed as (
      update outcome_feeds set last_delivery = last_delivery + 1 where connection_id = ${owner.connectionId}
      returning last_delivery
    )
    update deliveries set state = 'queued', closed_at = now(), number = feed.last_delivery,
      row_count = (select count(*) from delivery_rows where delivery_id = ${id}) + ${inSets}
    from feed where id = ${id} and state = 'collecting' returning number`);
  if (!closed) throw new AppError("conflict", "the delivery is closed already");
  const number = Number(closed.number);
  if (unchangedSince !== null) await settleSets(tx, ofDelivery, { since: unchangedSince, number });
  await tx.execute(sql`
    update delivery_rows r set state = 'superseded', delivery_number = ${number}, state_since = now(), sealed_body = null
    from (
      select id, row_number() over (partition by key_hash order by position desc) as place
      from delivery_rows where delivery_id = ${id} and state = 'collected'
    ) as ranked
    where r.id = ranked.id and ranked.place > 1`);
  // One that is at the vendor, or whose answer was lost, decides later what was last written.
  await tx.execute(sql`
    update delivery_rows r set state = 'unchanged', delivery_number = ${number}, state_since = now(), sealed_body = null
    from written_records w
    where r.delivery_id = ${id} and r.state = 'collected' and w.connection_id = r.connection_id
      and w.key_hash = r.key_hash and w.content_hash = r.content_hash
      and not exists (
        select from delivery_rows o where o.connection_id = r.connection_id and o.key_hash = r.key_hash
          and o.state in ('sending', 'unknown')
      )`);
  await publishOutcomes(
    tx,
    owner,
    sql`select id as row_id, delivery_id, entity, outcome, cause, place from (
      select id, delivery_id, entity, state as outcome, cause, position as place from delivery_rows
      where delivery_id = ${id} and state in ('rejected', 'unchanged', 'superseded')
      union all
      select id, delivery_id, entity, 'superseded', null, 0 from moved
    ) as ended`,
    sql`
      update delivery_rows o set state = 'superseded', cause = null, state_since = now(), sealed_body = null, next_at = null
      from delivery_rows n
      where n.delivery_id = ${id} and n.state in ('collected', 'unchanged') and o.connection_id = n.connection_id
        and o.key_hash = n.key_hash and o.state in ('queued', 'waiting')
      returning o.id, o.delivery_id, o.entity`,
  );
  if (unchangedSince !== null) await publishSets(tx, ofDelivery);
  const [queued] = await tx.execute<{ count: string }>(sql`
    with queued as (
      update delivery_rows set state = 'queued', delivery_number = ${number}, state_since = now()
      where delivery_id = ${id} and state = 'collected' returning 1
    )
    select count(*) from queued`);
  await tx.execute(sql`
    update delivery_rows set delivery_number = ${number} where delivery_id = ${id} and state = 'rejected'`);
  await settleDeliveries(tx, owner.connectionId);
  if (Number(queued?.count) > 0) await wakeQueue(tx, owner, target.vendorApplicationId);
  return number;
}

/** Ends deliveries of the connection of which no row is queued or at the vendor any more. */
export async function settleDeliveries(tx: DoorTransaction, connectionId: string): Promise<void> {
  await tx.execute(sql`
    update deliveries d set state = 'settled', settled_at = now()
    where connection_id = ${connectionId} and state = 'queued' and not exists (
      select from delivery_rows r where r.delivery_id = d.id and r.state in ('queued', 'sending')
    )`);
}
