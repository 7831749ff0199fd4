import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prepareTestDatabase } from "@/testing/database";
import { type OwnPostgres, startOwnPostgres } from "@/testing/own-postgres";
import { DATABASE, type Installation } from "./environment";
import { describeHome, type Home, readJson, writeJson } from "./home";
import { loadSecrets, type SecretName, type Secrets } from "./secrets";
import { settleSecrets } from "./settle-secrets";

let home: Home;
beforeEach(async () => {
  home = describeHome(await mkdtemp(join(tmpdir(), "kytkin-secrets-")));
});
afterEach(() => rm(home.directory, { recursive: true }));

const loadFirst = async (): Promise<Secrets> => (await loadSecrets(home, false)).secrets;

test("they are random, kept, and readable by nobody else", async () => {
  const first = await loadFirst();
  expect(await loadFirst()).toEqual(first);
  expect((await stat(home.files.secrets)).mode & 0o777).toBe(0o600);
  expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  await rm(home.files.secrets);
  expect((await loadFirst()).webPassword).not.toBe(first.webPassword);
});

test("they have the shapes that are asked for", async () => {
  const secrets = await loadFirst();
  expect(secrets.inngestSigningKey).toMatch(/^signkey-demo-([0-9a-f]{2})+$/);
  const [id, key] = secrets.keys.split(":");
  expect(id).toBe("demo");
  expect(Buffer.from(key ?? "", "base64")).toHaveLength(32);
  expect(Buffer.from(secrets.hashKey, "base64")).toHaveLength(32);
  expect(await loadSecrets(home, true)).toEqual({ secrets, missing: [] });
});

test("without them a database that is there cannot be opened, and new ones would not help", async () => {
  await expect(loadSecrets(home, true)).rejects.toThrow(/is gone/);
  expect(readJson(home.files.secrets)).toBeNull();
});

test.each(["", "{", "[]", '"words"'])("a damaged file (%j) is told, not replaced", async (content) => {
  await writeFile(home.files.secrets, content);
  await expect(loadSecrets(home, true)).rejects.toThrow(/is damaged/);
});

test("the database's own password is never made again while there is a database", async () => {
  const { postgresAdminPassword, ...others } = await loadFirst();
  for (const value of [undefined, "", postgresAdminPassword.slice(0, 20)]) {
    const stored = { ...others, ...(value === undefined ? {} : { postgresAdminPassword: value }) };
    await writeJson(home.files.secrets, stored);
    await expect(loadSecrets(home, true)).rejects.toThrow(
      /postgresAdminPassword: the database was made with it/,
    );
    expect(readJson(home.files.secrets)).toEqual(stored);
  }
});

describe("with a database", () => {
  let server: OwnPostgres;
  let sql: Sql;
  let installation: Installation;

  beforeAll(async () => {
    server = await startOwnPostgres();
    const admin = postgres(server.url, { max: 1, onnotice: () => {} });
    await admin.unsafe(`create database ${DATABASE}`);
    await admin.end();
    const database = await prepareTestDatabase(server.url.replace(/postgres$/, DATABASE), async () => {});
    await database.close();
    sql = postgres(server.url.replace(/postgres$/, DATABASE), { max: 1, onnotice: () => {} });
  }, 60_000);
  afterAll(async () => {
    await sql.end();
    await server.stop();
  }, 30_000);

  beforeEach(async () => {
    await forget();
    const url = new URL(server.url);
    const secrets = { ...(await loadFirst()), postgresAdminPassword: decodeURIComponent(url.password) };
    const port = Number(url.port);
    const ports = {
      portal: 1,
      sandbox: 2,
      procountor: 3,
      mail: 4,
      smtp: 5,
      postgres: port,
      poweroffice: 7,
      superoffice: 8,
      gateway: 9,
      sftp: 10,
      guide: 11,
    };
    installation = { home, ports, secrets, trustedProxies: "0", runsIntake: true, runsGateway: true };
  });

  /** Stores the secrets with one changed, as an accident does, and starts as the launcher does. */
  async function startWith(name: SecretName, value: string | undefined): Promise<unknown> {
    const password = `demo-${randomBytes(24).toString("hex")}`;
    const { [name]: _, ...others } = { ...installation.secrets, postgresAdminPassword: password };
    const stored = value === undefined ? others : { ...others, [name]: value };
    await writeJson(home.files.secrets, stored);
    const loaded = await loadSecrets(home, true);
    expect(loaded.missing).toEqual([name]);
    await settleSecrets(installation, loaded);
    return stored;
  }

  const SHOWN: [SecretName, show: (sql: Sql) => Promise<unknown>][] = [
    ["ownerPassword", (sql) => sql`alter role kytkin_owner password 'x'`],
    ["webPassword", (sql) => sql`alter role kytkin_web password 'x'`],
    ["workerPassword", (sql) => sql`alter role kytkin_worker password 'x'`],
    ["gatewayPassword", (sql) => sql`alter role kytkin_gateway password 'x'`],
    [
      "nextauthSecret",
      (sql) => sql`insert into sign_in_tokens
        (id, email, token_hash, code_hash, browser_hash, user_agent, callback_path, expires_at, code_expires_at)
        values (gen_random_uuid(), 'a@example.com', 'a', 'b', 'c', 'd', '/', now(), now())`,
    ],
    ["keys", (sql) => insertSealed(sql, "clientSecret")],
    [
      "gatewayKeys",
      (sql) => sql`insert into data_keys (owner_kind, owner_id, key_encryption_key_id, wrapped_key)
        values ('connection_data', gen_random_uuid(), 'demo', 'x')`,
    ],
    ["intakePassword", (sql) => sql`alter role kytkin_intake password 'x'`],
    [
      "intakeKeys",
      (sql) => sql`insert into data_keys (owner_kind, owner_id, key_encryption_key_id, wrapped_key)
        values ('intake_host', gen_random_uuid(), 'demo', 'x')`,
    ],
    ["hashKey", (sql) => insertSealed(sql, "clientSecret")],
    ["sandboxClientSecret", (sql) => insertSealed(sql, "clientSecret")],
    ["sandboxM2mApiKey", (sql) => insertSealed(sql, "m2mApiKey")],
    ["sandboxApplicationKey", (sql) => insertSealed(sql, "applicationKey")],
    ["sandboxSubscriptionKey", (sql) => insertSealed(sql, "subscriptionKey")],
    ["sandboxApplicationToken", (sql) => insertSealed(sql, "applicationToken")],
    ["sandboxPrivateKey", (sql) => insertSealed(sql, "privateKey")],
    [
      "partnerApiKey",
      (sql) => sql`with partner as (
          insert into partners (id, slug, name, notify_email)
          values (gen_random_uuid(), 'esimerkki-software', 'Esimerkki', 'a@example.com') returning id)
        insert into api_keys (id, partner_id, stage, name, prefix, key_hash)
        select gen_random_uuid(), id, 'test', 'demo', 'kyt_', 'hash' from partner`,
    ],
  ];

  async function insertSealed(sql: Sql, name: string): Promise<void> {
    await sql`with data_key as (
        insert into data_keys (owner_kind, owner_id, key_encryption_key_id, wrapped_key)
        values ('vendor_application', gen_random_uuid(), 'demo', 'x') returning owner_kind, owner_id)
      insert into sealed_secrets (id, owner_kind, owner_id, name, ciphertext, fingerprint)
      select gen_random_uuid(), owner_kind, owner_id, ${name}, 'x', 'x' from data_key`;
  }

  const forget = async () => {
    await sql`delete from sealed_secrets`;
    await sql`delete from data_keys`;
    await sql`delete from api_keys`;
    await sql`delete from partners`;
    await sql`delete from sign_in_tokens`;
    for (const login of ["owner", "web", "worker", "gateway", "intake"])
      await sql.unsafe(`alter role kytkin_${login} password null`);
  };

  test.each(SHOWN)(
    "%s that a row needs is not made again: missing, empty or cut short",
    async (name, show) => {
      await show(sql);
      for (const value of [undefined, "", installation.secrets[name].slice(0, 10)]) {
        const before = async () => readJson(home.files.secrets);
        await expect(startWith(name, value), String(value)).rejects.toThrow(
          new RegExp(`lacks what is in use[\\s\\S]*${name}: [\\s\\S]*Restore the file`),
        );
        expect((await before()) as object).toMatchObject(value === undefined ? {} : { [name]: value });
      }
    },
  );

  const ALL: SecretName[] = [...SHOWN.map(([name]) => name), "inngestSigningKey", "inngestEventKey"];

  test.each(ALL)("%s that nothing needs is made anew, and the others stay", async (name) => {
    const { [name]: before, ...others } = (await startWith(name, undefined)) as Secrets;
    expect(before).toBeUndefined();
    const { [name]: after, ...kept } = readJson(home.files.secrets) as Secrets;
    expect(kept).toEqual(others);
    expect(after.length).toBeGreaterThan(20);
  });

  test("before the first migration nothing is in use", async () => {
    await sql`alter table data_keys rename to data_keys_not_yet`;
    try {
      await startWith("keys", undefined);
    } finally {
      await sql`alter table data_keys_not_yet rename to data_keys`;
    }
  });
});
