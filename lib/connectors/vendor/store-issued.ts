import { setTimeout as delay } from "node:timers/promises";
import { isDatabaseAway } from "@/db/errors";
import { isRefusalOfPostgres } from "@/lib/core/logged-error";
import type { Log } from "@/lib/platform/log";

/** Long enough for a database that is started again: about two minutes. */
const RETRY_DELAYS_MS = [200, 500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 40_000];

/** Classes of SQLSTATE that may pass by themselves: connection, rollback, resources, locks, an operator's doing, input and output. */
const PASSING_CLASSES = ["08", "25", "40", "53", "55", "57", "58"];

/** Whether the vendor's own words are written beside the keys, or stand-ins for them. */
export type IssuedText = "as_told" | "stand_in";

/**
 * Stores what a vendor issued once and will not tell again. While the database is away, the write is tried again. Any other
 * refusal would come again each time, and what differs from one answer to the next is the vendor's text: the keys are then
 * stored with stand-ins for it.
 */
export async function storeIssued<T>(
  log: Log,
  subject: object,
  store: (text: IssuedText) => Promise<T>,
): Promise<T> {
  let text: IssuedText = "as_told";
  for (const delayMs of RETRY_DELAYS_MS) {
    try {
      return await store(text);
    } catch (error) {
      log.error({ ...subject, err: error, text }, "issued keys could not be stored; trying again");
      if (mayPass(error)) await delay(delayMs);
      else if (text === "as_told") text = "stand_in";
      else throw error;
    }
  }
  return store(text);
}

function mayPass(error: unknown): boolean {
  if (isDatabaseAway(error)) return true;
  if (!(error instanceof Error)) return false;
  if (isRefusalOfPostgres(error)) return PASSING_CLASSES.includes(error.code.slice(0, 2));
  return mayPass(error.cause);
}
