import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { migrate } from "@/db/migrate";
import { createRoles } from "@/db/roles";
import { OWNER_LOGIN } from "@/db/scopes";
import { createEmptyDatabase } from "./postgres";

const migrations = fileURLToPath(new URL("../db/migrations", import.meta.url));
const PASSWORD = "test";

export type BeforeMigration = {
  admin: postgres.Sql;
  /** Forces row-level security on every table, and has each change of these tables fail, as triggers would tell of it. */
  guard(tables: readonly string[]): Promise<void>;
  /** The rest of the way, as the owner. */
  migrate(): Promise<void>;
  close(): Promise<void>;
};

/** A database as an installation had it before a migration. */
export async function createDatabaseBefore(tag: string): Promise<BeforeMigration> {
  const empty = await createEmptyDatabase();
  const admin = postgres(empty.url, { max: 1, onnotice: () => {} });
  await createRoles(admin, { owner: PASSWORD, web: PASSWORD, worker: PASSWORD, gateway: PASSWORD });
  const ownerUrl = Object.assign(new URL(empty.url), { username: OWNER_LOGIN, password: PASSWORD }).href;
  const folder = migrationsBefore(tag);
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  await runMigrations(drizzle(owner), { migrationsFolder: folder });
  await owner.end();
  return {
    admin,
    async guard(tables) {
      await admin`create function told() returns trigger language plpgsql as $$ begin raise 'a trigger ran'; end $$`;
      const all =
        await admin`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
      for (const { relname } of all) {
        await admin`alter table ${admin(relname)} enable row level security`;
        await admin`alter table ${admin(relname)} force row level security`;
      }
      for (const table of tables)
        await admin`create trigger told after update on ${admin(table)} for each row execute function told()`;
    },
    migrate: () => migrate(ownerUrl, migrations),
    async close() {
      await admin.end();
      await empty.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The migrations that an installation had made before that one. */
function migrationsBefore(tag: string): string {
  const copy = mkdtempSync(join(tmpdir(), "kytkin-migrations-"));
  cpSync(migrations, copy, { recursive: true });
  const path = join(copy, "meta", "_journal.json");
  const journal: { entries: { tag: string }[] } = JSON.parse(readFileSync(path, "utf8"));
  const until = journal.entries.findIndex((entry) => entry.tag === tag);
  if (until < 0) throw new Error(`there is no migration ${tag}`);
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, until) }));
  return copy;
}
