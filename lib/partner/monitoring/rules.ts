import { GRANT_MARGIN_MS } from "@/lib/activation/request/rules";
import { firstIdAt } from "@/lib/core/first-id-at";

/** Sorts after every text that begins with what is before it, compared byte by byte. */
const AFTER_ALL = "\u{10FFFF}";

export type TextRange = { from: string; below: string };
export type Search =
  | { kind: "id"; id: string }
  | { kind: "email"; email: TextRange }
  /** `exact`: as it was written, for ids of the vendor and of the partner itself. */
  | { kind: "company"; name: TextRange; number: TextRange | null; exact: string };

const rangeOf = (prefix: string): TextRange => ({ from: prefix, below: `${prefix}${AFTER_ALL}` });

/** A name as `activations.search_name` keeps it. */
export function normalizeName(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

/** A number as `activations.search_number` keeps it; null without a digit, which no business id is. */
export function normalizeNumber(number: string): string | null {
  const plain = number.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return /\d/.test(plain) ? plain : null;
}

/**
 * What is looked for: something by its whole id, who submitted by the beginning of the address, else companies by the
 * beginning of their name or number. Beginnings are ranges: a comparison is leakproof, so that its index is used under
 * row-level security; a pattern is not.
 */
export function parseSearch(q: string): Search {
  const exact = q.trim();
  const lower = exact.toLowerCase();
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lower)) return { kind: "id", id: lower };
  if (/^[^\s@]+@\S*$/.test(lower)) return { kind: "email", email: rangeOf(lower) };
  const number = normalizeNumber(q);
  return { kind: "company", name: rangeOf(normalizeName(q)), number: number ? rangeOf(number) : null, exact };
}

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

export type DayRange = {
  from: Date | null;
  before: Date | null;
  firstId: string | null;
  beforeId: string | null;
};

/** Days of submission as moments, and as ids with an hour to spare: clocks of two processes differ. */
export function dayRange(from: string | undefined, to: string | undefined): DayRange {
  const start = from ? new Date(`${from}T00:00:00Z`) : null;
  const end = to ? new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS) : null;
  return {
    from: start,
    before: end,
    firstId: start && firstIdAt(new Date(start.getTime() - HOUR_MS)),
    beforeId: end && firstIdAt(new Date(end.getTime() + HOUR_MS)),
  };
}

/** Longer than this from now on no request waits, whatever its consent. */
const LONGEST_WAIT_DAYS = 30;
const EXTENSION_DAYS = [1, 3, 7, 14] as const;

/** Until when a decision can be awaited at most: the consent at the vendor ends, or a month is enough. */
export function latestDeadline(consentEnd: Date | null, now: Date): Date {
  const byWait = now.getTime() + LONGEST_WAIT_DAYS * DAY_MS;
  return new Date(consentEnd ? Math.min(byWait, consentEnd.getTime() - GRANT_MARGIN_MS) : byWait);
}

export type Extension = { to: string; days: number | null; at: Date };

/** Less is no help to a person who decides. */
const LEAST_GAIN_MS = 5 * 60 * 1000;

/** The deadlines that a request may get: whole days on, and the latest of all. Empty where next to nothing is left to give. */
export function listExtensions(deadline: Date, latest: Date): Extension[] {
  if (latest.getTime() - deadline.getTime() < LEAST_GAIN_MS) return [];
  const days = EXTENSION_DAYS.map((count) => ({
    to: String(count),
    days: count,
    at: new Date(deadline.getTime() + count * DAY_MS),
  })).filter(({ at }) => at < latest);
  return [...days, { to: "latest", days: null, at: latest }];
}
