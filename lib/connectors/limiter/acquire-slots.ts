import { type SQL, sql } from "drizzle-orm";
import { type ScopedTransaction, withScope } from "@/db/scope";
import type { WorkerContext } from "@/lib/platform/worker-context";
import type { VendorLimit } from "./schema";

/** A call that wants a place, of a tenant. Ids grow with time. */
export type Arrival = { id: string; tenant: string };
/** A call that has ended, or has arrived at the vendor for sure, `agoMs` milliseconds ago. */
export type Return = { id: string; agoMs: number };
/** A call that has a place, from `waitMs` on. */
export type Granted = { id: string; waitMs: number };

/** The classes of calls that share a limit. */
export type LimitClass = keyof typeof WEIGHTS;

/** The worker's, or the gateway's with its own scope. */
export type LimiterContext = Pick<WorkerContext, "database" | "log"> & { scope?: { kind: "gateway" } };
type LimiterTransaction = ScopedTransaction<"gateway" | "system">;

const inLimits = <T>({ database, scope }: LimiterContext, work: (tx: LimiterTransaction) => Promise<T>) =>
  withScope(database, scope ?? { kind: "system", reason: "vendor limit" }, work);

/** Who waits longer is told at once instead. */
const LONGEST_WAIT_MS = 60_000;
/** A place whose call was never heard of again is free after this long; longer than any call takes. */
const LOST_AFTER_MS = 60_000;
/** Calls that are spaced leave a little closer than the limit would have it: spacing costs no place. */
const SPACING = 0.9;
/** Places are promised this long ahead, so that no process has to look at the very moment. */
const PROMISED_AHEAD_MS = 60;
/** A process that has not said so for this long does not wait any more. */
const DEAD_AFTER_MS = 5000;

/** Calls of people's software and of rows that somebody waits for come before what merely keeps up. Shares, while all have calls. */
const WEIGHTS = { gateway: 2, writes: 2, work: 1 };

/** A tenant's name begins with its class and a slash; without one it is `work`. */
export function limitClassOf(tenant: string): LimitClass {
  const [name] = tenant.split("/", 1);
  return name === "gateway" || name === "writes" ? name : "work";
}
/** The same in SQL. */
const classOf = (tenant: SQL): SQL =>
  sql`case when split_part(${tenant}, '/', 1) in ('gateway', 'writes') then split_part(${tenant}, '/', 1) else 'work' end`;
const weightOf = (name: SQL): SQL =>
  sql`case ${name} when 'gateway' then ${WEIGHTS.gateway}::float8 when 'writes' then ${WEIGHTS.writes}::float8 else ${WEIGHTS.work}::float8 end`;

/** So many places a process may hold for calls of a class that are still to come: what the class's share gives in this time. */
export const LEASED_FOR_MS = 250;

/** How many places a lease of a class has at most; none under a limit that gives less than one in that time. */
export function leaseSizeOf({ places, windowMs }: VendorLimit, name: LimitClass): number {
  const all = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0);
  return Math.floor((Math.min(places, (places * LEASED_FOR_MS) / windowMs) * WEIGHTS[name]) / all);
}

const inMs = (ms: number) => sql`make_interval(secs => ${ms / 1000})`;
const arrayOf = (values: readonly string[]) =>
  sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]`;

/**
 * One visit of a process to a limit's rows: hands in who came and what is over, and takes the places that its own calls
 * are next for. The order is fair between tenants, over all processes, and each class has its share at least. While no call of any
 * process waits, `leases` get places too, at most half of those that are free: calls that come later leave on them without a visit.
 */
export async function acquireSlots(
  context: LimiterContext,
  limit: VendorLimit,
  process: string,
  {
    arrivals,
    returns,
    leases,
  }: { arrivals: readonly Arrival[]; returns: readonly Return[]; leases: readonly string[] },
): Promise<{ granted: Granted[]; refused: string[]; leased: string[]; isCrowded: boolean }> {
  return inLimits(context, async (tx) => {
    // Holds the limit's row until the commit.
    await tx.execute(sql`
      insert into vendor_limits as l (key) values (${limit.key})
      on conflict (key) do update set turn = l.turn`);
    if (returns.length > 0) await free(tx, limit, returns);
    const refused = arrivals.length > 0 ? await queue(tx, limit, process, arrivals) : [];
    const granted = await take(tx, limit, process);
    const after = leases.length > 0 ? await lease(tx, limit, leases) : { leased: [], isCrowded: false };
    return { granted, refused, ...after };
  });
}

/** Says that the process still waits, and forgets those that have died. */
export async function stayInQueue(
  context: LimiterContext,
  { key }: VendorLimit,
  process: string,
): Promise<void> {
  await inLimits(context, async (tx) => {
    await tx.execute(sql`
      update vendor_limit_waiters set seen_at = clock_timestamp() where key = ${key} and process = ${process}`);
    await tx.execute(sql`
      delete from vendor_limit_waiters
      where key = ${key} and seen_at < clock_timestamp() - ${inMs(2 * DEAD_AFTER_MS)}`);
  });
}

/** The next call on a place may leave a window after the last one on it has certainly arrived. */
async function free(tx: LimiterTransaction, limit: VendorLimit, returns: readonly Return[]): Promise<void> {
  const agoMs = returns.map((one) => String(one.agoMs));
  await tx.execute(sql`
    update vendor_limit_places p
    set free_at = clock_timestamp() + ${inMs(limit.windowMs)} - make_interval(secs => r.ago_ms / 1000)
    from unnest(${arrayOf(returns.map(({ id }) => id))}::uuid[], ${arrayOf(agoMs)}::float8[]) as r(id, ago_ms)
    where p.key = ${limit.key} and p.taken_by = r.id`);
}

/** Each call gets the turn after its tenant's last one. Gives those that would wait too long: they are not queued. */
async function queue(
  tx: LimiterTransaction,
  limit: VendorLimit,
  process: string,
  arrivals: readonly Arrival[],
): Promise<string[]> {
  const { key, places, windowMs } = limit;
  const ids = arrayOf(arrivals.map(({ id }) => id));
  await tx.execute(sql`
    insert into vendor_limit_places (key, place, free_at)
    select ${key}, n, clock_timestamp() from generate_series(1, ${places}::int) n
    where ${places} > (select count(*) from vendor_limit_places where key = ${key} and place <= ${places})
    on conflict (key, place) do nothing`);
  await tx.execute(sql`
    insert into vendor_limit_waiters (id, key, tenant, turn, process, seen_at)
    select a.id, ${key}, a.tenant,
      greatest(coalesce((l.classes -> ${classOf(sql`a.tenant`)} ->> 'turn')::bigint, l.turn), coalesce(
        (select max(w.turn) from vendor_limit_waiters w where w.key = ${key} and w.tenant = a.tenant), 0))
        + row_number() over (partition by a.tenant order by a.id),
      ${process}, clock_timestamp()
    from unnest(${ids}::uuid[], ${arrayOf(arrivals.map(({ tenant }) => tenant))}::text[]) as a(id, tenant),
      vendor_limits l
    where l.key = ${key}`);
  const refused = await tx.execute<{ id: string }>(sql`
    delete from vendor_limit_waiters
    where id = any(${ids}::uuid[]) and id in (
      select id from (
        select id, least(
            row_number() over (order by turn, id),
            row_number() over (partition by class order by turn, id) * shares / ${weightOf(sql`class`)}
          ) as rank
        from (
          select id, turn, class, (select sum(${weightOf(sql`c.class`)}) from (
              select distinct ${classOf(sql`o.tenant`)} as class from vendor_limit_waiters o where o.key = ${key}
            ) c) as shares
          from (select id, turn, ${classOf(sql`tenant`)} as class from vendor_limit_waiters where key = ${key}) w
        ) classed
      ) ranked
      where (rank - (
        select count(*) from vendor_limit_places
        where key = ${key} and place <= ${places} and free_at <= clock_timestamp()
      )) * ${windowMs / places}::float8 > ${LONGEST_WAIT_MS}::float8)
    returning id`);
  return refused.map(({ id }) => id);
}

/**
 * The first in the queue get the places that are free first; this process takes those of its own calls only. Within a turn the
 * tenant that came last comes first: it waited for nothing before, and once a turn is called newcomers queue for the next one. While more calls
 * wait than places are free they begin evenly spaced: places that are given out together are free together a window later, and
 * who has one call after the other would get one of each such heap.
 */
async function take(tx: LimiterTransaction, limit: VendorLimit, process: string): Promise<Granted[]> {
  const { key, places, windowMs } = limit;
  const gap = inMs((SPACING * windowMs) / places);
  const rows = await tx.execute<{ id: string; wait_ms: number }>(sql`
    with crowd as (
      select (select count(*) from vendor_limit_waiters where key = ${key}) > (
        select count(*) from vendor_limit_places
        where key = ${key} and place <= ${places} and free_at <= clock_timestamp()) as is_dense
    ), free_places as (
      select place, free_at, row_number() over (order by free_at, place) as n from vendor_limit_places
      where key = ${key} and place <= ${places}
        and free_at <= clock_timestamp() + ${inMs(PROMISED_AHEAD_MS)}
    ), next_places as (
      select place, n, case when is_dense then n * ${gap} + max(
          greatest(free_at, clock_timestamp(), coalesce(l.last_start + ${gap}, '-infinity')) - n * ${gap}) over (order by n)
        else free_at end as free_at
      from free_places, crowd, vendor_limits l where l.key = ${key}
    ), next_calls as (
      select id, process, turn, class, starts_at, row_number() over (order by starts_at, turn, id desc) as n from (
        select w.id, w.process, w.turn, w.class,
          greatest(coalesce((l.classes -> w.class ->> 'finish')::float8, 0), l.class_time)
            + (row_number() over (partition by w.class order by w.turn, w.id desc) - 1) / ${weightOf(sql`w.class`)} as starts_at
        from (
          select id, process, turn, ${classOf(sql`tenant`)} as class from vendor_limit_waiters
          where key = ${key} and seen_at > clock_timestamp() - ${inMs(DEAD_AFTER_MS)}
        ) w, vendor_limits l where l.key = ${key}
      ) waiting
      order by starts_at, turn, id desc limit ${places}
    ), mine as (
      select p.place, p.free_at, c.id, c.turn, c.class, c.starts_at from next_places p join next_calls c using (n)
      where c.process = ${process} and p.free_at <= clock_timestamp() + ${inMs(PROMISED_AHEAD_MS)}
    ), taken as (
      update vendor_limit_places p set taken_by = mine.id,
        free_at = greatest(mine.free_at, clock_timestamp()) + ${inMs(LOST_AFTER_MS)}
      from mine where p.key = ${key} and p.place = mine.place
    ), called as (
      update vendor_limits l set turn = greatest(l.turn, (select max(turn) from mine)),
        last_start = greatest(l.last_start, (select max(greatest(free_at, clock_timestamp())) from mine)),
        class_time = greatest(l.class_time, (select max(starts_at) from mine)),
        classes = l.classes || (select jsonb_object_agg(class, jsonb_build_object('turn', turn, 'finish', finish)) from (
          select class, max(turn) as turn, max(starts_at) + 1 / ${weightOf(sql`class`)} as finish from mine group by class
        ) called_classes)
      where l.key = ${key} and exists (select from mine)
    ), gone as (
      delete from vendor_limit_waiters w using mine where w.id = mine.id
    )
    select id, greatest(0, extract(epoch from free_at - clock_timestamp()) * 1000)::float8 as wait_ms from mine`);
  return rows.map(({ id, wait_ms }) => ({ id, waitMs: wait_ms }));
}

/** Places for calls that are still to come, and whether calls wait, in whichever process: then there are none. */
async function lease(
  tx: LimiterTransaction,
  { key, places }: VendorLimit,
  ids: readonly string[],
): Promise<{ leased: string[]; isCrowded: boolean }> {
  const rows = await tx.execute<{ is_crowded: boolean; leased: string[] }>(sql`
    with crowd as (
      select exists (
        select from vendor_limit_waiters
        where key = ${key} and seen_at > clock_timestamp() - ${inMs(DEAD_AFTER_MS)}) as is_crowded
    ), free_places as (
      select place, row_number() over (order by free_at, place) as n, count(*) over () as all_free from vendor_limit_places
      where key = ${key} and place <= ${places} and free_at <= clock_timestamp()
    ), leased as (
      update vendor_limit_places p set taken_by = w.id, free_at = clock_timestamp() + ${inMs(LOST_AFTER_MS)}
      from free_places f join unnest(${arrayOf(ids)}::uuid[]) with ordinality as w (id, n) using (n), crowd
      where p.key = ${key} and p.place = f.place and f.n <= f.all_free / 2 and not crowd.is_crowded
      returning p.taken_by as id
    )
    select is_crowded, array(select id::text from leased) as leased from crowd`);
  const [row] = rows;
  return { leased: row?.leased ?? [], isCrowded: row?.is_crowded ?? false };
}
