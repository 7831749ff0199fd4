import { webDatabase } from "@/lib/web-database";
import { createReachability, type Reachability } from "./reachability";

/** A busy portal asks once a second, whatever its load. */
const FRESH_MS = 1000;
const PATIENCE_MS = 2000;

const holder = globalThis as typeof globalThis & { kytkinReachability?: Reachability };

/** Whether pages can be shown: the database answers the web process. */
export function isDatabaseReachable(): Promise<boolean> {
  holder.kytkinReachability ??= createReachability(() => webDatabase().sql`select 1`, {
    freshMs: FRESH_MS,
    patienceMs: PATIENCE_MS,
  });
  return holder.kytkinReachability.isReachable();
}
