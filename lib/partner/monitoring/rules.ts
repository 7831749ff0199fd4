import { firstIdAt } from "@/lib/core/first-id-at";

/** Sorts after every text that begins with what is before it, compared byte by byte. */
const AFTER_ALL = "\u{10FFFF}";

export type TextRange = { from: string; below: string };
export type Search =
  | { kind: "request"; id: string }
  | { kind: "company"; name: TextRange; number: TextRange | null };

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
 * What somebody looks for: a request by its id, else companies by the beginning of their name or number. Beginnings are
 * ranges: a comparison is leakproof, so that its index is used under row-level security; a pattern is not.
 */
export function parseSearch(q: string): Search {
  const id = q.trim().toLowerCase();
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return { kind: "request", id };
  const number = normalizeNumber(q);
  return { kind: "company", name: rangeOf(normalizeName(q)), number: number ? rangeOf(number) : null };
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
