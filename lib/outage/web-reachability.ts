import { connect } from "@/db/client";
import { getWebEnv } from "@/lib/env";
import { createReachability, type Reachability } from "./reachability";

/** A busy portal asks once a second, whatever its load. */
const FRESH_MS = 1000;
const PATIENCE_MS = 2000;

const holder = globalThis as typeof globalThis & { kytkinReachability?: Reachability };

/** The question has a connection of its own: in line behind the pages' statements, a busy portal would look like a database away. */
function createWebReachability(): Reachability {
  const { sql } = connect(getWebEnv().KYTKIN_DATABASE_URL, { max: 1, name: "kytkin-web-reachability" });
  return createReachability(() => sql`select 1`, { freshMs: FRESH_MS, patienceMs: PATIENCE_MS });
}

/** Whether pages can be shown: the database answers the web process. */
export function isDatabaseReachable(): Promise<boolean> {
  holder.kytkinReachability ??= createWebReachability();
  return holder.kytkinReachability.isReachable();
}
