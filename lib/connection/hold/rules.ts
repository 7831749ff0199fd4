import { startOfDay } from "@/lib/core/day-in-zone";
import { type HoldSide, MAX_HOLD_DAYS } from "./schema";

const DAY_MS = 24 * 60 * 60_000;
const TIME_ERRORS = ["past", "too_late", "order"] as const;
export type TimeError = (typeof TIME_ERRORS)[number];

/** When a pause begins and ends, from the days of a form. `until` is the day on which work goes on again. */
export function readPauseTimes(
  { from, until, zone }: { from: string; until: string; zone: string },
  now: Date,
): { since: Date; until: Date | null } | { field: "from" | "until"; error: TimeError } {
  const begins = from ? startOfDay(from, zone) : now;
  // The day that is today began hours ago.
  const since = begins < now && now.getTime() - begins.getTime() < DAY_MS ? now : begins;
  if (since < now) return { field: "from", error: "past" };
  if (isTooLate(since, now)) return { field: "from", error: "too_late" };
  if (!until) return { since, until: null };
  const ends = startOfDay(until, zone);
  if (ends <= since) return { field: "until", error: from ? "order" : "past" };
  return isTooLate(ends, now) ? { field: "until", error: "too_late" } : { since, until: ends };
}

/** When a connection is to end: at the beginning of a day to come. */
export function readEndTime(day: string, zone: string, now: Date): Date | TimeError {
  const ends = startOfDay(day, zone);
  if (ends <= now) return "past";
  return isTooLate(ends, now) ? "too_late" : ends;
}

const isTooLate = (at: Date, now: Date): boolean => at.getTime() - now.getTime() > MAX_HOLD_DAYS * DAY_MS;

/** A side lifts its own holds; the operator lifts every side's. */
export function canLift(by: HoldSide, setBy: HoldSide): boolean {
  return by === setBy || by === "operator";
}
