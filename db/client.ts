import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import * as schema from "./schema";

export type Schema = typeof schema;
export type Database = { sql: Sql; orm: PostgresJsDatabase<Schema>; close(): Promise<void> };

/** A pool of connections for one login. `max` counts connections of this process. */
export function connect(url: string, options: { max?: number; name?: string } = {}): Database {
  const sql = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connection: { application_name: options.name ?? "kytkin" },
  });
  return { sql, orm: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) };
}
