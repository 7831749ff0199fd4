import { connect } from "@/db/client";
import { getWebEnv } from "@/lib/platform/env";
import { createReachability, type Reachability } from "./reachability";

/** A busy portal asks once a second, whatever its load. */
const PATIENCE = { freshMs: 1000, patienceMs: 2000 };

const holder = globalThis as typeof globalThis & { kytkinReachability?: Reachability };

/**
 * The question has a connection of its own: in line behind the pages' statements, a busy portal would look like a database
 * away. One that went silent is replaced, since a connection that is cut on the way may say so only after a quarter of an hour.
 */
export function createWebReachability(
  url: string,
  patience = PATIENCE,
): Reachability & { close(): Promise<void> } {
  const open = () => connect(url, { max: 1, name: "kytkin-web-reachability" }).sql;
  let sql = open();
  const giveUp = () => {
    void sql.end({ timeout: 0 });
    sql = open();
  };
  const reachability = createReachability(() => sql`select 1`, { ...patience, giveUp });
  return { ...reachability, close: () => sql.end({ timeout: 0 }) };
}

/** Whether pages can be shown: the database answers the web process. */
export function isDatabaseReachable(): Promise<boolean> {
  holder.kytkinReachability ??= createWebReachability(getWebEnv().KYTKIN_DATABASE_URL);
  return holder.kytkinReachability.isReachable();
}
