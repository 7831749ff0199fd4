import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "@/lib/platform/log";

/** Long enough for a database that is started again: about two minutes. */
const RETRY_DELAYS_MS = [200, 500, 1000, 2000, 5000, 10_000, 20_000, 40_000, 40_000];

/** Stores what a vendor issued once and will not tell again: while the database is away, the write is tried again. */
export async function storeIssued<T>(log: Log, subject: object, store: () => Promise<T>): Promise<T> {
  for (const delayMs of RETRY_DELAYS_MS) {
    try {
      return await store();
    } catch (error) {
      log.error({ ...subject, err: error }, "issued keys could not be stored; trying again");
      await delay(delayMs);
    }
  }
  return store();
}
