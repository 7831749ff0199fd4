import { timeOfDay } from "@/lib/core/day-in-zone";
import { MAX_PUBLISH_DAYS, publicationTime } from "./schema";

const DAY_MS = 24 * 3600 * 1000;

/** The moment that a form means, in the zone of who filled it in; `error` is a code of the field. */
export function readPublicationTime(
  given: unknown,
  now: Date,
): { specificationId: string; at: Date } | { error: "required" | "time_past" | "time_too_late" } {
  const read = publicationTime.safeParse(given);
  if (!read.success) return { error: "required" };
  const { specificationId, at: written, zone } = read.data;
  const [day = "", clock = ""] = written.split("T");
  const at = timeOfDay(day, clock, zone);
  if (at <= now) return { error: "time_past" };
  if (at.getTime() - now.getTime() > MAX_PUBLISH_DAYS * DAY_MS) return { error: "time_too_late" };
  return { specificationId, at };
}
