import { sql } from "drizzle-orm";
import { figureCounts, figureDays } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { BUCKET_GROWTH, LAST_BUCKET } from "./rules";

/** A draft ends after 14 days, a decision is awaited a month and a half at most, and a vendor answers within days. */
const SETTLES_AFTER_DAYS = 60;
/** Days of which most is still under way are counted with each sweep, older ones once an hour, a few in each sweep. */
const FRESH_DAYS = 2;
const OLDER_AT_ONCE = 5;

type Day = { day: string };

/** The days that are due to be counted: never counted, or counted too long ago for what may have changed of them. */
async function listDueDays(tx: SystemTransaction, now: Date): Promise<string[]> {
  const today = sql`(${now.toISOString()}::timestamptz at time zone 'UTC')::date`;
  const rows = await tx.execute<Day>(sql`
    with days as (
      select generate_series((select (min(accepted_at) at time zone 'UTC')::date from drafts), ${today}, interval '1 day')::date as day
    ), aged as (
      select d.day, c.counted_at, ${today} - d.day as age from days d left join ${figureCounts} c on c.day = d.day
    )
    (select day::text from aged where age < ${FRESH_DAYS})
    union all
    (select day::text from aged
      where age >= ${FRESH_DAYS} and (counted_at is null or (age <= ${SETTLES_AFTER_DAYS}
        and counted_at < ${now.toISOString()}::timestamptz - interval '1 hour'))
      order by counted_at nulls first, day desc limit ${OLDER_AT_ONCE})`);
  return rows.map(({ day }) => day);
}

const inBuckets = (seconds: string) =>
  `least(${LAST_BUCKET}, greatest(0, ceil(ln(greatest(${seconds}, 1)::numeric) / ln(${BUCKET_GROWTH}::numeric))))::int`;

/** Counts what became of everybody who accepted on this day, of all partners. */
async function countDay(tx: SystemTransaction, day: string): Promise<void> {
  await tx.execute(sql`delete from ${figureDays} where day = ${day}::date`);
  await tx.execute(sql`
    insert into ${figureDays} (partner_id, integration_id, specification_id, day, accepted, started, consented, picked,
      submitted, approved, active, leavers, active_seconds, decision_seconds)
    with cohort as (
      select d.partner_id, d.integration_id, d.specification_id, d.state as draft_state,
        coalesce(g.is_consented, false) or r.id is not null as is_consented,
        coalesce(g.is_refused, false) as is_refused,
        d.consent_started_at is not null or g.is_consented is not null or r.id is not null as is_started,
        d.selected_at is not null or r.id is not null as is_picked,
        r.id as request_id, r.state as request_state,
        coalesce(a.is_approved, false) as is_approved, coalesce(a.is_active, false) as is_active,
        a.are_rejected, a.are_timed_out,
        case when a.active_since is not null
          then ${sql.raw(inBuckets("extract(epoch from a.active_since - d.accepted_at)"))} end as active_bucket,
        case when r.decided_by like 'user:%' or r.decided_by like 'api_key:%'
          then ${sql.raw(inBuckets("extract(epoch from r.decided_at - r.submitted_at)"))} end as decision_bucket
      from drafts d
      left join lateral (
        select bool_or(state in ('open', 'used', 'released', 'expired')) as is_consented, bool_or(state = 'refused') as is_refused
        from grants where draft_id = d.id
      ) g on true
      left join activation_requests r on r.draft_id = d.id
      left join lateral (
        select bool_or(state in ('approved', 'activating', 'active', 'failed')) as is_approved, bool_or(state = 'active') as is_active,
          bool_and(state = 'rejected') as are_rejected, bool_and(state = 'timed_out') as are_timed_out,
          min(state_since) filter (where state = 'active') as active_since
        from activations where request_id = r.id
      ) a on true
      where d.accepted_at >= ${`${day}T00:00:00Z`}::timestamptz
        and d.accepted_at < ${`${day}T00:00:00Z`}::timestamptz + interval '1 day'
    ), judged as (
      select *, case
        when is_active then null
        when request_id is null then case
          when draft_state = 'open' then 'open'
          when not is_started then 'before_consent'
          when not is_consented and is_refused then 'refused'
          when not is_consented then 'at_vendor'
          when not is_picked then 'before_pick'
          else 'before_submit' end
        when request_state = 'awaiting_partner' then 'waiting'
        when request_state = 'cancelled' then 'cancelled'
        when are_timed_out then 'timed_out'
        when are_rejected then 'rejected'
        when request_state = 'processing' then 'activating'
        else 'failed' end as leaver
      from cohort
    ), totals as (
      select partner_id, integration_id, specification_id, count(*) as accepted, count(*) filter (where is_started) as started,
        count(*) filter (where is_consented) as consented, count(*) filter (where is_picked) as picked,
        count(request_id) as submitted, count(*) filter (where is_approved) as approved, count(*) filter (where is_active) as active
      from judged group by 1, 2, 3
    ), parts as (
      select specification_id, kind, jsonb_object_agg(key, amount) as counted from (
        select specification_id, kind, key, count(*) as amount
        from judged, lateral (values ('leavers', leaver), ('active', active_bucket::text), ('decision', decision_bucket::text)) v (kind, key)
        where key is not null group by 1, 2, 3
      ) counted group by 1, 2
    )
    select t.partner_id, t.integration_id, t.specification_id, ${day}::date, accepted, started, consented, picked, submitted, approved,
      active, coalesce(l.counted, '{}'), coalesce(s.counted, '{}'), coalesce(e.counted, '{}')
    from totals t
    left join parts l on l.specification_id = t.specification_id and l.kind = 'leavers'
    left join parts s on s.specification_id = t.specification_id and s.kind = 'active'
    left join parts e on e.specification_id = t.specification_id and e.kind = 'decision'`);
  await tx
    .insert(figureCounts)
    .values({ day })
    .onConflictDoUpdate({ target: figureCounts.day, set: { countedAt: sql`now()` } });
}

/** Counts the days that are due; another sweep that counts already is left alone. Returns how many. */
export async function countFigures(tx: SystemTransaction, now: Date): Promise<number> {
  const [lock] = await tx.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('count figures', 0)) as taken`,
  );
  if (!lock?.taken) return 0;
  const days = await listDueDays(tx, now);
  for (const day of days) await countDay(tx, day);
  return days.length;
}
