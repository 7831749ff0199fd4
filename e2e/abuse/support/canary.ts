import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { demo } from "../../support/demo";
import type { Sql } from "./database";
import { readInstallation } from "./installation";

/** Secrets by a name that may be said. */
export type Canaries = Record<string, string>;

const issuedSchema = z.object({
  technicalUsers: z.array(z.object({ apiKey: z.string().min(20) })),
  tokens: z.record(z.string().min(20), z.unknown()),
});

/** Reads every JSON file of the vendor's stand-in: what it issued is there, and must be sealed here. */
async function readIssued(folder: string): Promise<Canaries> {
  const canaries: Canaries = {};
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".json"))) {
    const state = issuedSchema.safeParse(JSON.parse(await readFile(join(folder, file), "utf8"))).data;
    for (const [index, { apiKey }] of (state?.technicalUsers ?? []).entries())
      canaries[`issued key ${index}`] = apiKey;
    for (const [index, token] of Object.keys(state?.tokens ?? {}).entries())
      canaries[`access token ${index}`] = token;
  }
  return canaries;
}

/** The secrets of the installation, and everything that the vendor has issued. */
export async function collectCanaries(): Promise<Canaries> {
  const { home, secrets } = await readInstallation();
  // A key to secrets stands behind its name.
  const own = Object.entries(secrets).map(
    ([name, value]) => [name, value.replace(/^[a-z0-9-]+:/, "")] as const,
  );
  return { ...Object.fromEntries(own), ...(await readIssued(home.sandbox)) };
}

export function findIn(text: string, canaries: Canaries): string[] {
  return Object.entries(canaries).flatMap(([name, value]) =>
    [value, encodeURIComponent(value)].some((form) => text.includes(form)) ? [name] : [],
  );
}

/** `<where>: <which>` for each canary in the product's log files. */
export async function findInLogs(canaries: Canaries): Promise<string[]> {
  const { home } = await readInstallation();
  const found: string[] = [];
  for (const file of await readdir(home.logs)) {
    const text = await readFile(join(home.logs, file), "utf8");
    found.push(...findIn(text, canaries).map((name) => `${file}: ${name}`));
  }
  return found;
}

/** The same for every e-mail of the run, headers included. */
export async function findInMails(canaries: Canaries): Promise<string[]> {
  const response = await fetch(`${demo().mailUrl}/api/email`);
  return findIn(await response.text(), canaries).map((name) => `mail: ${name}`);
}

/** The same for every row of every table: ours, the engine's and the queue's. */
export async function findInDatabase(sql: Sql, canaries: Canaries): Promise<string[]> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2`;
  const found: string[] = [];
  for (const { schema, name } of tables) {
    for (const [canary, value] of Object.entries(canaries)) {
      const [row] = await sql`
        select 1 from ${sql(schema)}.${sql(name)} t where position(${value} in t::text) > 0 limit 1`;
      if (row) found.push(`${schema}.${name}: ${canary}`);
    }
  }
  return found;
}
