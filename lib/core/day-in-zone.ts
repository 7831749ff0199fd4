/** The zone's offset from UTC at a moment, in milliseconds. */
function offsetAt(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  const there = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return there - Math.floor(at.getTime() / 1000) * 1000;
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }) !== null;
  } catch {
    return false;
  }
}

/**
 * When a day (`2026-12-24`) begins in a zone; in UTC when the runtime does not know the zone. Where midnight is left out by
 * a change of clocks, the first moment after it.
 */
export function startOfDay(day: string, timeZone: string): Date {
  return timeOfDay(day, "00:00", timeZone);
}

/** The same for a time on the clock (`08:00`). */
export function timeOfDay(day: string, clock: string, timeZone: string): Date {
  const inUtc = new Date(`${day}T${clock}:00Z`);
  if (!isZone(timeZone)) return inUtc;
  const guess = new Date(inUtc.getTime() - offsetAt(inUtc, timeZone));
  // The offset at that time may differ from the one at the same clock time in UTC.
  return new Date(inUtc.getTime() - offsetAt(guess, timeZone));
}

/** The day (`2026-12-24`) that it is in a zone at a moment. */
export function dayIn(at: Date, timeZone: string): string {
  const offset = isZone(timeZone) ? offsetAt(at, timeZone) : 0;
  return new Date(at.getTime() + offset).toISOString().slice(0, 10);
}
