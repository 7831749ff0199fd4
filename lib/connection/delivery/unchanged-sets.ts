import { and, asc, eq, gt, gte, inArray, lte, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { outcomeFeeds, unchangedSets } from "@/db/schema";
import type { DoorTransaction, ScopedTransaction } from "@/db/scope";
import type { ConnectionData } from "@/lib/platform/seal/connection-data";
import type { Owner } from "./load-target";
import { openSetKeys, sealSetKeys } from "./sealed-row";

/*
 * Rows of a file that came as they were last written are kept in sets (`unchanged_sets`), without a row of `delivery_rows` each.
 * They are judged when they are added, and once more, all at once, when the delivery is closed.
 */

type Reader = ScopedTransaction<"customer" | "partner" | "gateway" | "system">;
/** What of a row is compared. */
type Hashed = { position: number; key: string; keyHash: string; contentHash: string };
type OfDelivery = { deliveryId: string; owner: Owner };

/** One row of a set, as an outcome. `number` is its place in the connection's history. */
export type SetRow = {
  deliveryId: string;
  entity: string;
  position: number;
  key: string | null;
  outcome: "unchanged" | "superseded";
};
export type SetEvent = SetRow & { number: number; at: Date };

/** A row that was unchanged when it was added is not any more when its delivery is closed: the sender's rows are read again. */
export class ChangedMeanwhile extends Error {
  override readonly name = "ChangedMeanwhile";
}

/** Up to where the connection's history reaches: what came to be later may have changed what was judged since. */
export async function readLastNumber(tx: DoorTransaction, connectionId: string): Promise<number> {
  const [feed] = await tx
    .select({ lastNumber: outcomeFeeds.lastNumber })
    .from(outcomeFeeds)
    .where(eq(outcomeFeeds.connectionId, connectionId));
  return feed?.lastNumber ?? 0;
}

/**
 * Of these rows the positions of those that are as they were last written, while no other row of their keys is under way. A key
 * that is among them twice is left out.
 */
export async function findUnchanged(
  tx: DoorTransaction,
  { connectionId }: Owner,
  rows: readonly Hashed[],
): Promise<Set<number>> {
  const column = <T>(read: (row: Hashed) => T) => sql.param(rows.map(read));
  const isOfKey = sql`o.connection_id = ${connectionId} and o.key_hash = c.key_hash`;
  const found = await tx.execute<{ position: number }>(sql`
    with came as (
      select key_hash, min(content_hash) as content_hash, min(position) as position from unnest(
        ${column((row) => row.keyHash)}::text[], ${column((row) => row.contentHash)}::text[],
        ${column((row) => row.position)}::int[]
      ) as r(key_hash, content_hash, position)
      group by key_hash having count(*) = 1
    )
    select c.position from came c
      join written_records w on w.connection_id = ${connectionId} and w.key_hash = c.key_hash
    where w.content_hash = c.content_hash
      and not exists (select from delivery_rows o where ${isOfKey} and o.state in ('sending', 'unknown'))
      and not exists (select from delivery_rows o where ${isOfKey} and o.state in ('queued', 'waiting'))`);
  return new Set(found.map(({ position }) => position));
}

/** `rows` in the order of their positions. */
export async function addSet(
  tx: DoorTransaction,
  data: ConnectionData,
  { deliveryId, owner, entity }: OfDelivery & { entity: string },
  rows: readonly Hashed[],
): Promise<void> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return;
  const id = uuidv7();
  await tx.insert(unchangedSets).values({
    ...{ id, deliveryId, ...owner, entity },
    positions: rows.map(({ position }) => position),
    firstPosition: first.position,
    lastPosition: last.position,
    count: rows.length,
    keyIds: rows.map(({ keyHash }) => toKeyId(keyHash)),
    sealedKeys: sealSetKeys(
      data,
      id,
      rows.map(({ key }) => key),
    ),
  });
}

/** 128 bits of a keyed hash of 256: two keys of a connection do not share them. As `KEY_ID` has it. */
const toKeyId = (keyHash: string): string => keyHash.slice(0, 32);
const KEY_ID = sql`left(key_hash, 32)::uuid`;

/**
 * Judges the sets of a delivery once more, under the lock of the feed: of a key that came twice the last row counts, be it in a set or
 * not. Throws `ChangedMeanwhile` when another delivery has written or queued a key of theirs since they were added, for then what
 * came would have to be written, and is not kept.
 */
export async function settleSets(
  tx: DoorTransaction,
  { deliveryId, owner }: OfDelivery,
  { since, number }: { since: number; number: number },
): Promise<void> {
  const { connectionId } = owner;
  // A million keys are compared in memory; the default of four megabytes takes them to disk.
  await tx.execute(sql`set local work_mem = '64MB'`);
  const isOther = sql`connection_id = ${connectionId} and delivery_id <> ${deliveryId} and key_hash is not null`;
  const [changed] = await tx.execute<{ isChanged: boolean }>(sql`
    with touched as materialized (
      select ${KEY_ID} as key from delivery_rows where ${isOther} and state in ('sending', 'unknown')
      union all
      select ${KEY_ID} from delivery_rows where ${isOther} and state in ('queued', 'waiting')
      union all
      select ${KEY_ID} from delivery_rows where ${isOther} and id in (
        select row_id from outcome_events where connection_id = ${connectionId} and number > ${since}
      )
    )
    select exists (select from touched) and exists (
      select from touched join (
        select unnest(key_ids) as key from unchanged_sets where connection_id = ${connectionId} and delivery_id = ${deliveryId}
      ) as own on own.key = touched.key
    ) as "isChanged"`);
  if (changed?.isChanged) throw new ChangedMeanwhile();
  const twice = sql`
    entries as (
      select s.id as set_id, k.key, k.position from unchanged_sets s
        cross join lateral unnest(s.key_ids, s.positions) as k(key, position)
      where s.connection_id = ${connectionId} and s.delivery_id = ${deliveryId}
      union all
      select null, ${KEY_ID}, position from delivery_rows
      where connection_id = ${connectionId} and delivery_id = ${deliveryId} and state = 'collected' and key_hash is not null
    ), twice as (select key, max(position) as last from entries group by key having count(*) > 1)`;
  const [first] = await tx.execute(sql`with ${twice} select 1 from twice limit 1`);
  if (!first) return;
  await tx.execute(sql`
    with ${twice}, earlier as (
      select set_id, array_agg(e.position) as positions from entries e join twice t on t.key = e.key and e.position < t.last
      where set_id is not null group by set_id
    )
    update unchanged_sets s set superseded = earlier.positions from earlier where s.id = earlier.set_id`);
  await tx.execute(sql`
    with ${twice}
    update delivery_rows r set state = 'superseded', delivery_number = ${number}, state_since = now(), sealed_body = null
    from twice t where r.connection_id = ${connectionId} and r.delivery_id = ${deliveryId} and r.state = 'collected'
      and left(r.key_hash, 32)::uuid = t.key and r.position < t.last`);
}

/** Numbers the rows of a delivery's sets behind what was published of it, and counts them. The feed has to be locked. */
export async function publishSets(tx: DoorTransaction, { deliveryId, owner }: OfDelivery): Promise<void> {
  const { connectionId, partnerId, accountId } = owner;
  await tx.execute(sql`
    with own as (
      select id, entity, count, cardinality(superseded) as superseded, sum(count) over (order by first_position) as up_to
      from unchanged_sets where connection_id = ${connectionId} and delivery_id = ${deliveryId}
    ),
    feed as (
      update outcome_feeds set last_number = last_number + (select sum(count) from own)
      where connection_id = ${connectionId} and exists (select from own)
      returning last_number - (select sum(count) from own) as before
    ),
    numbered as (
      update unchanged_sets s set first_number = feed.before + own.up_to - own.count + 1, last_number = feed.before + own.up_to,
        key_ids = null, at = now()
      from own, feed where s.id = own.id
    ),
    counted as (
      select entity, 'unchanged' as outcome, sum(count - superseded) as count from own group by entity
      union all
      select entity, 'superseded', sum(superseded) from own group by entity
    )
    insert into connection_counters (connection_id, partner_id, account_id, entity, day, outcome, count)
    select ${connectionId}::uuid, ${partnerId}::uuid, ${accountId}::uuid, entity, (now() at time zone 'utc')::date, outcome, count
    from counted where count > 0
    on conflict (connection_id, entity, day, outcome)
      do update set count = connection_counters.count + excluded.count`);
}

type SetCount = { deliveryId: string; state: "unchanged" | "superseded"; count: number };

/** How many rows the sets of these deliveries have, by outcome. */
export async function countSets(
  tx: Reader,
  deliveryIds: readonly string[],
  connectionId?: string,
): Promise<SetCount[]> {
  if (deliveryIds.length === 0) return [];
  const rows = await tx
    .select({
      deliveryId: unchangedSets.deliveryId,
      count: sql<number>`sum(${unchangedSets.count})::int`,
      superseded: sql<number>`sum(cardinality(${unchangedSets.superseded}))::int`,
    })
    .from(unchangedSets)
    .where(
      and(
        connectionId === undefined ? undefined : eq(unchangedSets.connectionId, connectionId),
        inArray(unchangedSets.deliveryId, [...deliveryIds]),
      ),
    )
    .groupBy(unchangedSets.deliveryId);
  return rows.flatMap(({ deliveryId, count, superseded }) =>
    [
      { deliveryId, state: "unchanged" as const, count: count - superseded },
      { deliveryId, state: "superseded" as const, count: superseded },
    ].filter((one) => one.count > 0),
  );
}

/** The rows of sets of one delivery between two positions, both included, at most `limit`; their keys where there is what opens them. */
export async function listSetRows(
  tx: DoorTransaction,
  data: ConnectionData | null,
  { connectionId, deliveryId }: { connectionId: string; deliveryId: string },
  { from, to = Number.MAX_SAFE_INTEGER, limit = Number.MAX_SAFE_INTEGER, outcome }: SetRange,
): Promise<SetRow[]> {
  if (outcome !== undefined && outcome !== "unchanged" && outcome !== "superseded") return [];
  const found: SetRow[] = [];
  let next = from;
  while (found.length < limit) {
    const [set] = await tx
      .select()
      .from(unchangedSets)
      .where(
        and(
          eq(unchangedSets.connectionId, connectionId),
          eq(unchangedSets.deliveryId, deliveryId),
          gte(unchangedSets.lastPosition, next),
          to === Number.MAX_SAFE_INTEGER ? undefined : lte(unchangedSets.firstPosition, to),
          outcome === "superseded" ? sql`superseded <> '{}'` : undefined,
        ),
      )
      .orderBy(asc(unchangedSets.firstPosition))
      .limit(1);
    if (!set) break;
    for (const row of openSet(data, set))
      if (row.position >= from && row.position <= to && (outcome === undefined || row.outcome === outcome))
        found.push(row);
    next = set.lastPosition + 1;
  }
  return found.slice(0, limit);
}

export type SetRange = { from: number; to?: number; limit?: number; outcome?: string | undefined };

/** Outcomes of rows in sets after this number of the connection's history, in its order, at most `limit`. */
export async function listSetEvents(
  tx: DoorTransaction,
  data: ConnectionData | null,
  connectionId: string,
  { after, limit }: { after: number; limit: number },
): Promise<SetEvent[]> {
  const found: SetEvent[] = [];
  let last = after;
  while (found.length < limit) {
    const [set] = await tx
      .select()
      .from(unchangedSets)
      .where(and(eq(unchangedSets.connectionId, connectionId), gt(unchangedSets.lastNumber, last)))
      .orderBy(asc(unchangedSets.lastNumber))
      .limit(1);
    if (!set || set.firstNumber === null || set.lastNumber === null || set.at === null) break;
    for (const [index, row] of openSet(data, set).entries()) {
      const number = set.firstNumber + index;
      if (number > after) found.push({ ...row, number, at: set.at });
    }
    last = set.lastNumber;
  }
  return found.slice(0, limit);
}

function openSet(data: ConnectionData | null, set: typeof unchangedSets.$inferSelect): SetRow[] {
  const keys = data && openSetKeys(data, set.id, set.sealedKeys);
  const superseded = new Set(set.superseded);
  return set.positions.map((position, index) => ({
    deliveryId: set.deliveryId,
    entity: set.entity,
    position,
    key: keys?.[index] ?? null,
    outcome: superseded.has(position) ? "superseded" : "unchanged",
  }));
}
