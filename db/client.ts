import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { guardTransactions } from "./guard-transactions";
import * as schema from "./schema";

export type Schema = typeof schema;
export type Database = { sql: Sql; orm: PostgresJsDatabase<Schema>; close(): Promise<void> };

/** A host that is there but silent; one that refuses is known at once. */
const CONNECT_TIMEOUT_SECONDS = 5;

/** A pool of connections for one login. `max` counts connections of this process. */
export function connect(url: string, options: { max?: number; name?: string } = {}): Database {
  const pool = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    // postgres.js would wait up to 20 s before it tries again: a database that was started again is found within one.
    backoff: (tries) => Math.min(0.05 * 2 ** tries, 1),
    connection: { application_name: options.name ?? "kytkin" },
  });
  const sql = guardTransactions(pool);
  return { sql, orm: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) };
}
