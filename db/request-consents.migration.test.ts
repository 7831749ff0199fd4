import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmptyDatabase } from "@/testing/postgres";
import { migrate } from "./migrate";
import { createRoles } from "./roles";
import { OWNER_LOGIN } from "./scopes";

const migrations = fileURLToPath(new URL("./migrations", import.meta.url));
const PASSWORD = "test";

let folder: string;
let drop: () => Promise<void>;
let admin: postgres.Sql;
let ownerUrl: string;
beforeAll(async () => {
  const empty = await createEmptyDatabase();
  drop = empty.drop;
  admin = postgres(empty.url, { max: 1, onnotice: () => {} });
  await createRoles(admin, { owner: PASSWORD, web: PASSWORD, worker: PASSWORD, gateway: PASSWORD });
  ownerUrl = Object.assign(new URL(empty.url), { username: OWNER_LOGIN, password: PASSWORD }).href;
  folder = migrationsBefore("0030_request_consents");
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  await runMigrations(drizzle(owner), { migrationsFolder: folder });
  await owner.end();
});
afterAll(async () => {
  await admin.end();
  await drop();
  rmSync(folder, { recursive: true });
});

/** The migrations that an installation had made before that one. */
function migrationsBefore(tag: string): string {
  const copy = mkdtempSync(join(tmpdir(), "kytkin-migrations-"));
  cpSync(migrations, copy, { recursive: true });
  const path = join(copy, "meta", "_journal.json");
  const journal: { entries: { tag: string }[] } = JSON.parse(readFileSync(path, "utf8"));
  const until = journal.entries.findIndex((entry) => entry.tag === tag);
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, until) }));
  return copy;
}

const [accountId, partnerId, other] = [randomUUID(), randomUUID(), randomUUID()];

/** A request over companies, with the one consent that it had. */
async function insertRequest(state: "settled" | "awaiting_partner", companies: number) {
  const [requestId, grantId] = [randomUUID(), randomUUID()];
  const environments = Array.from({ length: companies }, () => randomUUID());
  await admin.begin(async (tx) => {
    // Without the rows behind them: only what the migration reads has to be there.
    await tx`set local session_replication_role = replica`;
    await tx`insert into grants (id, account_id, user_id, integration_id, connector, stage, vendor_request, keys_from, state)
      values (${grantId}, ${accountId}, ${other}, ${other}, 'procountor', 'test', ${grantId}, 'decision', 'used')`;
    await tx`insert into activation_requests (id, partner_id, account_id, integration_id, specification_id, draft_id, grant_id,
        link_token, state, submitted_by, notified_email, locale, submitted_at, deadline_at, settled_at)
      values (${requestId}, ${partnerId}, ${accountId}, ${other}, ${other}, ${other}, ${grantId}, 'link', ${state}, ${other},
        'a@example.com', 'en', now(), now(), ${state === "settled" ? new Date() : null})`;
    for (const environmentId of environments)
      await tx`insert into activations (id, request_id, partner_id, account_id, integration_id, environment_id, external_id,
          environment_name, state, is_occupying)
        values (${randomUUID()}, ${requestId}, ${partnerId}, ${accountId}, ${other}, ${environmentId}, ${environmentId}, 'Company',
          ${state === "settled" ? "active" : "awaiting_partner"}, true)`;
  });
  return { requestId, grantId, companies };
}

test("requests keep their consent, each activation gets it, and no trigger tells of a change that is none", async () => {
  const before = [await insertRequest("settled", 2), await insertRequest("awaiting_partner", 1)];
  await admin`create function told() returns trigger language plpgsql as $$ begin raise 'a trigger ran'; end $$`;
  // As every installation has them: row-level security that holds for the owner too, and triggers.
  const tables =
    await admin`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  for (const { relname } of tables) {
    await admin`alter table ${admin(relname)} enable row level security`;
    await admin`alter table ${admin(relname)} force row level security`;
  }
  for (const table of ["activation_requests", "activations"]) {
    await admin`create trigger told after update on ${admin(table)} for each row execute function told()`;
  }

  await migrate(ownerUrl, migrations);

  const consents = await admin`select request_id, grant_id, partner_id, account_id from request_consents`;
  expect(new Set(consents.map((row) => ({ ...row })))).toEqual(
    new Set(
      before.map(({ requestId, grantId }) => ({
        request_id: requestId,
        grant_id: grantId,
        partner_id: partnerId,
        account_id: accountId,
      })),
    ),
  );
  for (const { requestId, grantId, companies } of before) {
    const rows = await admin`select grant_id from activations where request_id = ${requestId}`;
    expect(rows.map(({ grant_id }) => grant_id)).toEqual(Array.from({ length: companies }, () => grantId));
  }
  const forced = await admin`select relname from pg_class where relforcerowsecurity
    and relname in ('activation_requests', 'activations', 'grants', 'request_consents') order by relname`;
  expect(forced.map(({ relname }) => relname)).toEqual([
    "activation_requests",
    "activations",
    "grants",
    "request_consents",
  ]);
  await expect(admin`update activations set environment_name = 'Another'`).rejects.toThrow("a trigger ran");
});
