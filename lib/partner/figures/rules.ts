import {
  type Buckets,
  type Counts,
  type Figures,
  FUNNEL_STEPS,
  LEAVE_REASONS,
  type Leavers,
  type Times,
} from "./schema";

/** Each bucket ends a fifth later than the one before, so that a time is known to a tenth. */
export const BUCKET_GROWTH = 1.2;
/** The last one ends after more than a year. */
export const LAST_BUCKET = 96;

/** The middle of a bucket, in seconds. Bucket 0 holds what took up to a second. */
export const secondsOf = (bucket: number): number => BUCKET_GROWTH ** (bucket - 0.5);

/** The least time that at least `share` of all took, in seconds. */
function quantile(buckets: Buckets, count: number, share: number): number | null {
  let seen = 0;
  const sorted = Object.entries(buckets).sort(([one], [other]) => Number(one) - Number(other));
  for (const [bucket, inBucket] of sorted) {
    seen += inBucket;
    if (seen >= share * count) return Math.round(secondsOf(Number(bucket)));
  }
  return null;
}

function timesOf(buckets: Buckets): Times {
  const count = Object.values(buckets).reduce((sum, one) => sum + one, 0);
  if (count === 0) return { count, median: null, p95: null };
  return { count, median: quantile(buckets, count, 0.5), p95: quantile(buckets, count, 0.95) };
}

export type DayRow = Counts & { leavers: Leavers; activeSeconds: Buckets; decisionSeconds: Buckets };

function sum<K extends string>(keys: readonly K[], rows: readonly Partial<Record<K, number>>[]) {
  const total: Partial<Record<K, number>> = {};
  for (const key of keys) {
    const value = rows.reduce((before, row) => before + (row[key] ?? 0), 0);
    if (value > 0) total[key] = value;
  }
  return total;
}

function merge(all: readonly Buckets[]): Buckets {
  const merged: Buckets = {};
  for (const buckets of all)
    for (const [bucket, count] of Object.entries(buckets)) merged[bucket] = (merged[bucket] ?? 0) + count;
  return merged;
}

/** The figures of many days together: times are merged by their buckets, since medians cannot be added. */
export function addUp(rows: readonly DayRow[]): Figures {
  const counts = sum(FUNNEL_STEPS, rows);
  const zero: Counts = {
    accepted: 0,
    started: 0,
    consented: 0,
    picked: 0,
    submitted: 0,
    approved: 0,
    active: 0,
  };
  return {
    counts: { ...zero, ...counts },
    leavers: sum(
      LEAVE_REASONS,
      rows.map(({ leavers }) => leavers),
    ),
    toActive: timesOf(merge(rows.map(({ activeSeconds }) => activeSeconds))),
    toDecision: timesOf(merge(rows.map(({ decisionSeconds }) => decisionSeconds))),
  };
}

const DAY_MS = 24 * 3600 * 1000;
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The Monday of a day's week, both as `2026-11-30`. */
export function mondayOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  return iso(at - weekday * DAY_MS);
}

/** The Mondays of all weeks from one day to another, in order: weeks without anything are there too. */
export function listWeeks(from: string, to: string): string[] {
  const weeks: string[] = [];
  for (let at = Date.parse(`${mondayOf(from)}T00:00:00Z`); iso(at) <= to; at += 7 * DAY_MS)
    weeks.push(iso(at));
  return weeks;
}

/** The first day of a period that ends today. */
export const firstDay = (days: number, now: Date): string => iso(now.getTime() - (days - 1) * DAY_MS);
