import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { functionStatements } from "./functions";
import { policyStatements } from "./policies";
import { OWNER_LOGIN } from "./scopes";

const NOTHING = () => {};

/** Brings tables, functions, grants and policies up to date, as the owner. Safe to run again and by several at once. */
export async function migrate(ownerUrl: string, migrationsFolder: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: NOTHING });
  try {
    await sql`select pg_advisory_lock(7245102)`;
    await runMigrations(drizzle(sql), { migrationsFolder });
    await sql.begin(async (tx) => {
      for (const statement of functionStatements()) await tx.unsafe(statement);
      for (const statement of policyStatements()) await tx.unsafe(statement);
    });
  } finally {
    await sql.end();
  }
}

/**
 * The one door through which a transaction of the web login wakes the worker. It belongs to the worker, who owns
 * graphile-worker's tables; nobody else can add a job. Run as the worker after the engine's own migration.
 */
export async function createWakeFunction(workerUrl: string, grantees: readonly string[]): Promise<void> {
  const sql = postgres(workerUrl, { max: 1, onnotice: NOTHING });
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(7245103)`;
      await tx.unsafe("CREATE SCHEMA IF NOT EXISTS wake");
      await tx.unsafe(`CREATE OR REPLACE FUNCTION wake.outbox() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = ''
        AS $$ SELECT graphile_worker.add_job('drain-outbox', job_key => 'drain-outbox', job_key_mode => 'replace') $$`);
      await tx.unsafe("REVOKE ALL ON FUNCTION wake.outbox() FROM PUBLIC");
      // The owner's triggers write events too.
      for (const role of [...grantees, OWNER_LOGIN]) {
        await tx.unsafe(`GRANT USAGE ON SCHEMA wake TO ${role}`);
        await tx.unsafe(`GRANT EXECUTE ON FUNCTION wake.outbox() TO ${role}`);
      }
    });
  } finally {
    await sql.end();
  }
}
