import { Client } from "pg";
import { ACT_FUNCTIONS } from "./act-functions";
import { LOOK_FUNCTIONS } from "./look-functions";
import { REDACT_FUNCTIONS } from "./redact-functions";

/** Any number, as long as no other advisory lock of this database uses it. */
const LOCK = 7_316_402_119;

/**
 * Makes or renews the functions that `index.ts` lists, and lets `role` call them. Run as the engine's owner, after the
 * engine's own migration; safe to run again and by several at once.
 */
export async function createAdminFunctions(databaseUrl: string, role: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    // The schema's former name.
    await client.query("DROP SCHEMA IF EXISTS sight CASCADE");
    await client.query("CREATE SCHEMA IF NOT EXISTS engine_admin");
    for (const { signature, definition } of REDACT_FUNCTIONS) {
      await client.query(definition);
      await client.query(`REVOKE ALL ON FUNCTION engine_admin.${signature} FROM PUBLIC`);
    }
    for (const { signature, definition } of [...LOOK_FUNCTIONS, ...ACT_FUNCTIONS]) {
      await client.query(`DROP FUNCTION IF EXISTS engine_admin.${signature}`);
      await client.query(definition);
      await client.query(`REVOKE ALL ON FUNCTION engine_admin.${signature} FROM PUBLIC`);
      await client.query(`GRANT EXECUTE ON FUNCTION engine_admin.${signature} TO ${role}`);
    }
    await client.query(`GRANT USAGE ON SCHEMA engine_admin TO ${role}`);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}
