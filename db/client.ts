import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { guardTransactions } from "./guard-transactions";
import * as schema from "./schema";

export type Schema = typeof schema;
export type Database = { sql: Sql; orm: PostgresJsDatabase<Schema>; close(): Promise<void> };

/** A host that is there but silent; one that refuses is known at once. */
const CONNECT_TIMEOUT_SECONDS = 5;

/** How long PostgreSQL lets a statement run, wait for a lock, and a transaction stand still, in milliseconds. */
type StatementBounds = {
  statement_timeout: number;
  lock_timeout: number;
  idle_in_transaction_session_timeout: number;
};

/**
 * For processes that people wait for: a lock that a migration or a stuck transaction holds may not fill their pool. Past a
 * bound PostgreSQL refuses the statement, which `isDatabaseAway` tells as "try again".
 */
export const BOUNDS_OF_PAGES: StatementBounds = {
  statement_timeout: 15_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 30_000,
};

/** A pool of connections for one login. `max` counts connections of this process. */
export function connect(
  url: string,
  options: { max?: number; name?: string; bounds?: StatementBounds } = {},
): Database {
  const pool = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    // postgres.js would wait up to 20 s before it tries again: a database that was started again is found within one.
    backoff: (tries) => Math.min(0.05 * 2 ** tries, 1),
    connection: { application_name: options.name ?? "kytkin", ...options.bounds },
  });
  const sql = guardTransactions(pool);
  return { sql, orm: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) };
}
