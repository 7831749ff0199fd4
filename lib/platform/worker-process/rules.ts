/** A worker that was silent for longer does not run any more. */
export const SILENT_AFTER_MS = 60_000;

/** From here on the log warns: deadlines shown to people are off by as much. */
const CLOCK_WARN_MS = 1000;
/**
 * From here on a process refuses to work. Much smaller than the minute by which tokens are renewed before their end, so that
 * two workers at the two ends of it still agree on which token is good.
 */
export const CLOCK_REFUSE_MS = 10_000;

export type ClockVerdict = "fine" | "off" | "unfit";

/** `offsetMs`: by how much a clock is behind the database's; negative when it is ahead. */
export function judgeClock(offsetMs: number): ClockVerdict {
  const distanceMs = Math.abs(offsetMs);
  if (distanceMs >= CLOCK_REFUSE_MS) return "unfit";
  return distanceMs >= CLOCK_WARN_MS ? "off" : "fine";
}
