import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect } from "@/db/client";
import { dataKeys, sealedSecrets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { withScope } from "@/db/scope";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { only } from "@/testing/fixtures/only";
import { untilWaiting } from "@/testing/fixtures/until-waiting";
import { makeSealKeys } from "@/testing/fixtures/worker";
import { getDataKey, type KeyEncryptionKey, type SealedOwner, type SealKeys } from "./data-key";
import { destroySecrets, dropSecret, findSecret, openSecrets, storeSecret } from "./secrets";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const keys = makeSealKeys();
let owner: SealedOwner;
beforeEach(() => {
  owner = { kind: "connection", id: randomUUID() };
});

const asWorker = <T>(work: (tx: SystemTransaction) => Promise<T>) =>
  withScope(database.worker, { kind: "system", reason: "test" }, work);
const store = (value: string, name = "m2mApiKey", of = owner, by: SealKeys = keys) =>
  asWorker((tx) => storeSecret(tx, by, of, { name, value }));
const find = (name = "m2mApiKey", of = owner, by: SealKeys = keys) =>
  asWorker((tx) => findSecret(tx, by, of, name)).then((opened) => opened?.value ?? null);
const isOf = (of: SealedOwner, name = "m2mApiKey") =>
  and(eq(sealedSecrets.ownerId, of.id), eq(sealedSecrets.name, name));
const stored = async (of = owner, name = "m2mApiKey") =>
  only(await database.admin.orm.select().from(sealedSecrets).where(isOf(of, name)));
const overwrite = (values: Partial<typeof sealedSecrets.$inferInsert>, of = owner, name = "m2mApiKey") =>
  database.admin.orm.update(sealedSecrets).set(values).where(isOf(of, name));
const refusedByDataKey = { cause: { code: "23503", constraint_name: "sealed_secrets_data_key" } };

test("what is sealed opens again, and its rows do not show it", async () => {
  const value = `key-${randomUUID()}`;
  await store(value);
  expect(await find()).toBe(value);
  const row = await stored();
  const bytes = Buffer.from(row.ciphertext, "base64").toString("latin1");
  expect(JSON.stringify(row) + bytes).not.toContain(value);
});

test("the same value is sealed differently for each owner, with the same fingerprint under the same key only", async () => {
  const other: SealedOwner = { kind: "vendor_application", id: randomUUID() };
  await store("same", "access_token");
  await store("same", "access_token", other);
  const [one, two] = [await stored(owner, "access_token"), await stored(other, "access_token")];
  expect(one.ciphertext).not.toBe(two.ciphertext);
  expect(one.fingerprint).toBe(two.fingerprint);
  await store("same", "access_token", other, { ...keys, hashKey: randomBytes(32) });
  expect((await stored(other, "access_token")).fingerprint).not.toBe(one.fingerprint);
});

test("a new value takes the old one's place under a new version", async () => {
  await store("first");
  const before = await stored();
  await store("second");
  expect(await find()).toBe("second");
  expect((await stored()).version).toBe(before.version + 1);
});

test("two who seal for a new owner at once use one data key", async () => {
  await Promise.all(["a", "b", "c", "d"].map((name) => store(name, name)));
  expect(await asWorker((tx) => openSecrets(tx, keys, owner))).toEqual({ a: "a", b: "b", c: "c", d: "d" });
  expect(await database.admin.orm.select().from(dataKeys).where(eq(dataKeys.ownerId, owner.id))).toHaveLength(
    1,
  );
});

describe("ciphertext does not open anywhere else", () => {
  const refused = /unable to authenticate data/;

  test("under another name of the same owner", async () => {
    await store("a");
    await store("b", "access_token");
    await overwrite({ ciphertext: (await stored()).ciphertext, version: 1 }, owner, "access_token");
    await expect(find("access_token")).rejects.toThrow(refused);
  });

  test("under another version", async () => {
    await store("first");
    const old = await stored();
    await store("second");
    await overwrite({ ciphertext: old.ciphertext });
    await expect(find()).rejects.toThrow(refused);
  });

  test("for another owner, even with the data key copied along", async () => {
    const other: SealedOwner = { kind: "connection", id: randomUUID() };
    await store("theirs");
    await store("own", "m2mApiKey", other);
    await overwrite({ ciphertext: (await stored()).ciphertext }, other);
    await expect(find("m2mApiKey", other)).rejects.toThrow(refused);
    const { wrappedKey } = only(
      await database.admin.orm.select().from(dataKeys).where(eq(dataKeys.ownerId, owner.id)),
    );
    await database.admin.orm.update(dataKeys).set({ wrappedKey }).where(eq(dataKeys.ownerId, other.id));
    await expect(find("m2mApiKey", other)).rejects.toThrow(refused);
  });

  test("with a byte changed", async () => {
    await store("value");
    const bytes = Buffer.from((await stored()).ciphertext, "base64");
    bytes[15] = (bytes[15] ?? 0) ^ 1;
    await overwrite({ ciphertext: bytes.toString("base64") });
    await expect(find()).rejects.toThrow(refused);
  });
});

describe("rotation of the key-encryption key", () => {
  const next = { id: "second", key: randomBytes(32) };
  const withVendorRing = (vendor: KeyEncryptionKey[]): SealKeys => ({
    ...keys,
    rings: { ...keys.rings, vendor },
  });
  const rotated = withVendorRing([next, ...keys.rings.vendor]);

  test("the first of the list wraps what is new, all of them open", async () => {
    const later: SealedOwner = { kind: "connection", id: randomUUID() };
    await store("old");
    await store("new", "m2mApiKey", later, rotated);
    expect(await find("m2mApiKey", owner, rotated)).toBe("old");
    expect(await find("m2mApiKey", later, rotated)).toBe("new");
    await expect(find("m2mApiKey", later, keys)).rejects.toMatchObject({ code: "misconfigured" });
  });

  test("an old key that was taken off the list is missed by its name", async () => {
    await store("old");
    const without = withVendorRing([next]);
    await expect(find("m2mApiKey", owner, without)).rejects.toThrow(/"first" is not in KYTKIN_KEYS/);
  });

  test("another key of the same name opens nothing", async () => {
    await store("old");
    const forged = withVendorRing([{ id: "first", key: randomBytes(32) }]);
    await expect(find("m2mApiKey", owner, forged)).rejects.toThrow(/unable to authenticate data/);
  });
});

test("a wrapped data key that was moved to another owner does not open", async () => {
  const other: SealedOwner = { kind: "connection", id: randomUUID() };
  await store("own");
  await store("another's", "m2mApiKey", other);
  const keyOf = ({ kind, id }: SealedOwner) => and(eq(dataKeys.ownerKind, kind), eq(dataKeys.ownerId, id));
  const { wrappedKey } = only(await database.admin.orm.select().from(dataKeys).where(keyOf(other)));
  await database.admin.orm.update(dataKeys).set({ wrappedKey }).where(keyOf(owner));
  await expect(asWorker((tx) => getDataKey(tx, keys, owner))).rejects.toThrow(/unable to authenticate data/);
});

test("destroying takes the data key too: kept ciphertext opens no more", async () => {
  await store("gone");
  const kept = await stored();
  await asWorker((tx) => destroySecrets(tx, owner));
  expect(await find()).toBeNull();
  await expect(database.admin.orm.insert(sealedSecrets).values(kept)).rejects.toMatchObject(refusedByDataKey);
  await store("another");
  await overwrite({ ciphertext: kept.ciphertext });
  await expect(find()).rejects.toThrow(/unable to authenticate data/);
});

describe("who seals while the data key is being destroyed leaves nothing that never opens", () => {
  const secretsLeft = () =>
    database.admin.orm.select().from(sealedSecrets).where(eq(sealedSecrets.ownerId, owner.id));

  test("when it came first: it is destroyed with the rest", async () => {
    await store("key", "api_key");
    let destroying: Promise<void> = Promise.resolve();
    await asWorker(async (tx) => {
      await storeSecret(tx, keys, owner, { name: "access_token", value: "fresh" });
      destroying = asWorker((other) => destroySecrets(other, owner));
      await untilWaiting(database, destroying);
    });
    await destroying;
    expect(await secretsLeft()).toEqual([]);
  });

  test("when it came second: it is refused, and may try again", async () => {
    await store("key", "api_key");
    await store("old", "access_token");
    let storing: Promise<void> = Promise.resolve();
    await asWorker(async (tx) => {
      await dropSecret(tx, owner, "access_token");
      // It has the data key by now and waits for the row.
      storing = store("fresh", "access_token");
      await untilWaiting(database, storing);
      await destroySecrets(tx, owner);
    });
    await expect(storing).rejects.toMatchObject(refusedByDataKey);
    expect(await secretsLeft()).toEqual([]);
    await store("fresh", "access_token");
    expect(await find("access_token")).toBe("fresh");
  });

  test("what older versions left so is removed by the migration, and nothing else", async () => {
    const other: SealedOwner = { kind: "grant", id: randomUUID() };
    await store("kept", "api_key", other);
    await store("left", "access_token");
    const { sql, orm } = database.admin;
    await sql`alter table sealed_secrets drop constraint sealed_secrets_data_key`;
    await orm.delete(dataKeys).where(eq(dataKeys.ownerId, owner.id));
    await migrateAgain();
    expect(await secretsLeft()).toEqual([]);
    expect(await find("api_key", other)).toBe("kept");
    await expect(orm.delete(dataKeys).where(eq(dataKeys.ownerId, other.id))).resolves.toBeDefined();
    expect(await find("api_key", other)).toBeNull();
    const [unforced] = await sql`
      select from pg_class where relname in ('data_keys', 'sealed_secrets') and not relforcerowsecurity`;
    expect(unforced).toBeUndefined();
  });

  /** As the owner, bound by the policies as in an installation that is running. */
  async function migrateAgain(): Promise<void> {
    const file = new URL("../../../db/migrations/0015_keys_have_their_data_key.sql", import.meta.url);
    const statements = (await readFile(file, "utf8")).split("--> statement-breakpoint");
    const owning = connect(database.urls.owner, { max: 1 });
    for (const statement of statements)
      if (!statement.includes("CREATE INDEX")) await owning.sql.unsafe(statement);
    await owning.close();
  }
});

test("one key of a vendor may be in two connections: a technical user that was there before has one", async () => {
  const other: SealedOwner = { kind: "connection", id: randomUUID() };
  await store("the same key", "api_key");
  await store("the same key", "api_key", other);
  const rows = await database.admin.sql`
    select fingerprint, ciphertext from sealed_secrets where name = 'api_key' and owner_id in ${database.admin.sql([owner.id, other.id])}`;
  expect(rows).toHaveLength(2);
  expect(rows[0]?.fingerprint).toBe(rows[1]?.fingerprint);
  expect(rows[0]?.ciphertext).not.toBe(rows[1]?.ciphertext);
});
