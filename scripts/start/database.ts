import { existsSync } from "node:fs";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { z } from "zod";
import { adminUrl, type PreparedServer, prepareServer } from "../postgres/server";
import { ExplainedError } from "../process/explained-error";
import { runNode, typeScriptArgs } from "../process/run-command";
import { claimFolder } from "./claim";
import { claimFile, markDatabase } from "./database-place";
import { DATABASE, describeEnvironments, type Environment, type Installation, LOGINS } from "./environment";
import { ROOT } from "./home";

/** The database of a home: how to run its server, and the claim on its folder, to be given back when it has ended. */
export type PreparedDatabase = { spec: PreparedServer["spec"]; release: () => Promise<void> };

/** `directory`: where an earlier start put it. `isDurable`: false for a database that nobody will miss. */
export async function prepareDatabase(
  { home, ports, secrets }: Installation,
  directory: string | null,
  isDurable: boolean,
): Promise<PreparedDatabase> {
  // Before anything in the folder is touched: a server that runs there may be another home's.
  const claimed = directory === null ? null : await claimFolder(claimFile(directory), home);
  try {
    const server = await prepareServer({
      preferredDirectory: home.postgres,
      knownDirectory: directory,
      port: ports.postgres,
      adminPassword: secrets.postgresAdminPassword,
      isDurable,
      maxConnections: 100,
    });
    const release = claimed ?? (await claimFolder(claimFile(server.directory), home));
    await markDatabase(home, server.directory);
    return { spec: server.spec, release };
  } catch (error) {
    await claimed?.();
    throw error;
  }
}

export async function asAdmin<T>(
  { ports, secrets }: Pick<Installation, "ports" | "secrets">,
  work: (sql: Sql) => Promise<T>,
  database = "postgres",
): Promise<T> {
  const url = `${adminUrl(ports.postgres, secrets.postgresAdminPassword)}/${database}`;
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

async function ensureDatabase(sql: Sql): Promise<void> {
  const [existing] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
  if (!existing) await sql`create database ${sql(DATABASE)}`;
}

/**
 * Whether the worker that was started at `startedAt` waits for jobs. It answers no requests that could be asked; its
 * listening session tells. The session of a worker that was killed may still be there: it is older.
 */
export function takesJobs(installation: Installation, startedAt: Date): Promise<boolean> {
  return asAdmin(installation, async (sql) => {
    const sessions = await sql`
      select 1 from pg_stat_activity
      where usename = ${LOGINS.worker} and query like 'LISTEN%' and backend_start >= ${startedAt}`;
    return sessions.length > 0;
  }).catch(() => false);
}

async function runScript(
  what: string,
  file: string,
  env: Environment,
  signal?: AbortSignal,
): Promise<string> {
  const path = join(ROOT, file);
  if (!existsSync(path)) throw new ExplainedError(`${file} is missing; this clone is not complete.`);
  const { code, stdout, stderr } = await runNode({ args: typeScriptArgs(path), cwd: ROOT, env, signal });
  if (code !== 0) throw new ExplainedError(`${what} failed (exit code ${code}):\n${stdout}${stderr}`.trim());
  return stdout;
}

const seededSchema = z.object({
  /** Paths on the portal. */
  activationLinks: z.record(z.string(), z.string().startsWith("/")),
  users: z.record(z.string(), z.looseObject({ email: z.email() })),
});
export type Seeded = z.infer<typeof seededSchema>;

function readJsonLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The seed tells what it made in one line of JSON, whatever else is logged around it. */
export function parseSeeded(stdout: string): Seeded {
  for (const line of stdout.split("\n")) {
    const parsed = seededSchema.safeParse(readJsonLine(line));
    if (parsed.success) return parsed.data;
  }
  throw new ExplainedError(`The seed did not tell what it made. It wrote:\n${stdout}`);
}

/** Makes the running server ours: database, roles, tables and the demo's data. Each step may run again. */
export async function fillDatabase(installation: Installation, signal?: AbortSignal): Promise<Seeded> {
  const environments = describeEnvironments(installation);
  await asAdmin(installation, ensureDatabase);
  await runScript("The migration of the database", "scripts/migrate.ts", environments.migrate, signal);
  return parseSeeded(await runScript("The seed of the demo", "scripts/seed.ts", environments.seed, signal));
}
