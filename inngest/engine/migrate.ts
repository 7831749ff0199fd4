import { runMigrations } from "graphile-worker";
import { Client } from "pg";
import { ENGINE_TABLES } from "./tables";

/** Any number, as long as no other advisory lock of this database uses it. */
const MIGRATION_LOCK = 7_316_402_118;

/**
 * Creates or updates the schemas `engine` and `graphile_worker`, owned by the login of `databaseUrl`, which needs
 * CREATE on the database. Safe to run again and from several processes at once.
 */
export async function migrateEngine(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("SET client_min_messages = warning");
    await client.query(`BEGIN; ${ENGINE_TABLES} COMMIT;`);
    await runMigrations({ connectionString: databaseUrl });
  } finally {
    // Closing the connection also gives the lock back.
    await client.end();
  }
}
