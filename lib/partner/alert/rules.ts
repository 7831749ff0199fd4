import { dayIn, timeOfDay } from "@/lib/core/day-in-zone";
import type { DigestPace } from "./schema";

const DAY_MS = 24 * 3_600_000;
/** When a digest comes, by the reader's clock. */
const DIGEST_CLOCK = "08:00";
const MONDAY = 1;

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** When the next digest is due after a moment: at eight in the reader's zone, on the next day or the next Monday. null: never. */
export function nextDigestAt(after: Date, pace: DigestPace, timeZone: string): Date | null {
  if (pace === "none") return null;
  const today = dayIn(after, timeZone);
  for (let days = 0; days <= 8; days++) {
    const day = addDays(today, days);
    if (pace === "weekly" && new Date(`${day}T00:00:00Z`).getUTCDay() !== MONDAY) continue;
    const at = timeOfDay(day, DIGEST_CLOCK, timeZone);
    if (at > after) return at;
  }
  throw new Error("a week has a Monday");
}
