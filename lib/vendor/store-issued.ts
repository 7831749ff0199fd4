import { setTimeout as delay } from "node:timers/promises";
import { isDatabaseAway } from "@/db/errors";
import type { Log } from "@/lib/log";

/** Long enough for a database that is started again: about two minutes. */
const RETRY_DELAYS_MS = [200, 500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 40_000];

/**
 * Stores what a vendor issued once and will not tell again: while the database is away, the write is tried again. What the
 * database refuses is written by `storeBare` from then on: the keys alone, without what the vendor says of them.
 */
export async function storeIssued<T>(
  log: Log,
  subject: object,
  store: () => Promise<T>,
  storeBare: () => Promise<T> = store,
): Promise<T> {
  let write = store;
  for (const delayMs of RETRY_DELAYS_MS) {
    try {
      return await write();
    } catch (error) {
      log.error({ ...subject, err: error }, "issued keys could not be stored; trying again");
      const isRefused = !isDatabaseAway(error) && write !== storeBare;
      if (isRefused) write = storeBare;
      else await delay(delayMs);
    }
  }
  return write();
}
