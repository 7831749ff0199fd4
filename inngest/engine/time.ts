const UNITS_MS: Record<string, number> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** The SDK writes durations as "1d2h3m4s" ("" for none) and points in time as ISO 8601. Throws on anything else. */
export function parseDueAt(text: string, now: Date): Date {
  if (/^(\d+[wdhms])*$/.test(text)) {
    let milliseconds = 0;
    for (const [, count, unit] of text.matchAll(/(\d+)([wdhms])/g)) {
      milliseconds += Number(count) * (UNITS_MS[unit ?? ""] ?? 0);
    }
    return new Date(now.getTime() + milliseconds);
  }
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new Error(`not a duration or a date: "${text}"`);
  return date;
}

const MIN_RETRY_AFTER_MS = 1000;
const MAX_RETRY_AFTER_MS = 24 * 3_600_000;

/** Reads a Retry-After header (seconds or a date), kept between one second and one day; undefined when there is none. */
export function parseRetryAfterMs(header: string | null, now: Date): number | undefined {
  if (!header) return undefined;
  const milliseconds = /^\d+$/.test(header)
    ? Number(header) * 1000
    : new Date(header).getTime() - now.getTime();
  if (Number.isNaN(milliseconds)) return undefined;
  return Math.min(MAX_RETRY_AFTER_MS, Math.max(MIN_RETRY_AFTER_MS, milliseconds));
}

/** 15 s, 30 s, 1 … 40 min, 1 h, 2 h: Inngest's own table, so that functions behave alike on both. */
export const DEFAULT_BACKOFF_MS: readonly number[] = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200].map(
  (seconds) => seconds * 1000,
);
const MAX_JITTER_MS = 30_000;

/** Delay before try `attempt` + 2; the last one of the table repeats. Jitter keeps failed calls from returning together. */
export function backoffDelayMs(
  table: readonly number[],
  attempt: number,
  random: () => number = Math.random,
): number {
  const delay = table[Math.min(attempt, table.length - 1)] ?? 0;
  return Math.round(delay + random() * Math.min(delay, MAX_JITTER_MS));
}
