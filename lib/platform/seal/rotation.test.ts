import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { eq, ne } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dataKeys, SEALED_OWNERS, sealedSecrets } from "@/db/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { assertKeysOpen } from "./check-keys";
import { decrypt, encrypt } from "./cipher";
import { dataKeyContext, type KeyEncryptionKey, type SealedOwner, type SealKeys } from "./data-key";
import { refreshFingerprints } from "./refresh-fingerprints";
import { type Rewrapping, rewrapDataKeys } from "./rewrap-data-keys";
import { destroySecrets, findSecret, fingerprintOf, secretContext, storeSecret } from "./secrets";

let database: TestDatabase;
let context: WorkerContext;
let old: SealKeys;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  old = context.keys;
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.admin.orm.delete(sealedSecrets);
  await database.admin.orm.delete(dataKeys);
});

const second = { id: "second", key: randomBytes(32) };
const withVendorRing = (vendor: KeyEncryptionKey[]): SealKeys => ({
  ...old,
  rings: { ...old.rings, vendor },
});
/** The same worker after the list was changed and it was started again. */
const rotated = (): WorkerContext => ({
  ...context,
  keys: withVendorRing([second, ...old.rings.vendor]),
});
const newOwner = (): SealedOwner => ({ kind: "connection", id: randomUUID() });
const plainOf = (owner: SealedOwner): string => `value of ${owner.id}`;
const store = (owner: SealedOwner, by: WorkerContext = context) =>
  asSystem(by, "test", (tx) => storeSecret(tx, by.keys, owner, { name: "api_key", value: plainOf(owner) }));
const read = (owner: SealedOwner, by: WorkerContext = rotated()) =>
  asSystem(by, "test", (tx) => findSecret(tx, by.keys, owner, "api_key")).then((opened) => opened?.value);
const notWrappedBySecond = () =>
  database.admin.orm.select().from(dataKeys).where(ne(dataKeys.keyEncryptionKeyId, second.id));

/** As `storeSecret` writes them, in few statements. */
async function storeMany(count: number): Promise<SealedOwner[]> {
  const owners = Array.from({ length: count }, newOwner);
  const [wrapping] = old.rings.vendor;
  if (!wrapping) throw new Error("no key");
  for (let start = 0; start < count; start += 1000) {
    const some = owners.slice(start, start + 1000).map((owner) => ({ owner, dataKey: randomBytes(32) }));
    await database.admin.orm.insert(dataKeys).values(
      some.map(({ owner, dataKey }) => ({
        ownerKind: owner.kind,
        ownerId: owner.id,
        keyEncryptionKeyId: wrapping.id,
        wrappedKey: encrypt(wrapping.key, dataKey, dataKeyContext(owner)),
      })),
    );
    await database.admin.orm.insert(sealedSecrets).values(
      some.map(({ owner, dataKey }) => ({
        ownerKind: owner.kind,
        ownerId: owner.id,
        name: "api_key",
        ciphertext: encrypt(dataKey, Buffer.from(plainOf(owner)), secretContext(owner, "api_key", 1)),
        fingerprint: fingerprintOf(old, plainOf(owner)),
      })),
    );
  }
  return owners;
}

test("10,000 data keys are wrapped anew while they are read, made and destroyed, and no read fails", async () => {
  const owners = await storeMany(10_000);
  const [doomed, kept] = [owners.slice(0, 20), owners.slice(20)];
  let isOver = false;
  let reads = 0;
  const readUntilOver = async () => {
    while (!isOver) {
      const owner = kept[randomInt(kept.length)];
      if (owner) expect(await read(owner)).toBe(plainOf(owner));
      reads += 1;
    }
  };
  const made: SealedOwner[] = [];
  const makeUntilOver = async () => {
    // By a worker that was not started again yet: its list has the old key alone.
    while (!isOver && made.length < 50) {
      const owner = newOwner();
      await store(owner);
      made.push(owner);
    }
  };
  const destroy = async () => {
    for (const owner of doomed) await asSystem(context, "test", (tx) => destroySecrets(tx, owner));
  };
  const rotate = rewrapDataKeys(rotated()).finally(() => {
    isOver = true;
  });
  await Promise.all([rotate, readUntilOver(), readUntilOver(), readUntilOver(), makeUntilOver(), destroy()]);

  expect(reads).toBeGreaterThan(100);
  // What was made in the very last moment is found by the second run.
  await rewrapDataKeys(rotated());
  expect(await notWrappedBySecond()).toEqual([]);
  const newAlone = { ...context, keys: withVendorRing([second]) };
  for (const owner of [...made, ...kept.slice(0, 50)])
    expect(await read(owner, newAlone)).toBe(plainOf(owner));
  for (const owner of doomed) expect(await read(owner)).toBeUndefined();
  expect(await database.admin.orm.select().from(dataKeys)).toHaveLength(kept.length + made.length);
}, 120_000);

test("who is interrupted runs it again and goes on where it ended", async () => {
  await storeMany(500);
  const seen: Rewrapping[] = [];
  const interrupted = rewrapDataKeys(rotated(), (progress) => {
    seen.push(progress);
    if (progress.done > 0) throw new Error("interrupted");
  });
  await expect(interrupted).rejects.toThrow("interrupted");
  expect(seen).toEqual([
    { done: 0, total: 500 },
    { done: 200, total: 500 },
  ]);
  expect(await rewrapDataKeys(rotated())).toBe(300);
  expect(await rewrapDataKeys(rotated())).toBe(0);
});

test("a key that is needed and missing is said before anything is changed", async () => {
  await store(newOwner());
  const forgetful = { ...context, keys: withVendorRing([second]) };
  await expect(rewrapDataKeys(forgetful)).rejects.toThrow(/"first" is not in KYTKIN_KEYS.*1 connection/);
  expect(await notWrappedBySecond()).toHaveLength(1);
});

describe("when the worker starts", () => {
  const without = (): WorkerContext => ({ ...context, keys: withVendorRing([second]) });

  test("keys that open everything, or an empty database, are fine", async () => {
    await assertKeysOpen(context, []);
    await store(newOwner());
    await assertKeysOpen(context, []);
    await assertKeysOpen(rotated(), []);
  });

  test("a missing key is said with how many owners it concerns, and none by name", async () => {
    const owners = [newOwner(), newOwner(), { kind: "vendor_application", id: randomUUID() } as const];
    for (const owner of owners) await store(owner);
    const refused = await assertKeysOpen(without(), []).catch((error: unknown) => String(error));
    expect(refused).toMatch(/"first" is not in KYTKIN_KEYS/);
    expect(refused).toMatch(/2 connection\(s\)/);
    expect(refused).toMatch(/1 vendor application\(s\)/);
    for (const owner of owners) expect(refused).not.toContain(owner.id);
  });

  test("other bytes under the same name are told from a missing key", async () => {
    await store(newOwner());
    const forged = {
      ...context,
      keys: withVendorRing([{ id: "first", key: randomBytes(32) }]),
    };
    await expect(assertKeysOpen(forged, [])).rejects.toThrow(/another one than was used before/);
  });

  test("a key that is known to be lost lets the worker start", async () => {
    await store(newOwner());
    await expect(assertKeysOpen(without(), ["other"])).rejects.toThrow(/KYTKIN_LOST_KEYS=first/);
    await assertKeysOpen(without(), ["first"]);
  });

  test("another hash key is refused until the fingerprints are made anew with it", async () => {
    const owner = newOwner();
    await store(owner);
    await store(newOwner());
    const changed = { ...context, keys: { ...old, hashKey: randomBytes(32) } };
    await expect(assertKeysOpen(changed, [])).rejects.toThrow(/KYTKIN_HASH_KEY/);
    expect(await refreshFingerprints(changed)).toBe(2);
    await assertKeysOpen(changed, []);
    const [row] = await database.admin.orm
      .select()
      .from(sealedSecrets)
      .where(eq(sealedSecrets.ownerId, owner.id));
    expect(row?.fingerprint).toBe(fingerprintOf(changed.keys, plainOf(owner)));
    expect(await read(owner)).toBe(plainOf(owner));
  });
});

describe("a ciphertext opens in its own place alone", () => {
  const key = randomBytes(32);
  const owner = fc.record({ kind: fc.constantFrom(...SEALED_OWNERS), id: fc.uuid() });
  // Names hold slashes and digits, as those of granted keys do.
  const name = fc.stringMatching(/^[a-z_]{1,5}(\/[0-9a-f]{1,3}){0,2}$/);
  const place = fc.record({ owner, name, version: fc.integer({ min: 1, max: 30 }) });
  const contextAt = (at: { owner: SealedOwner; name: string; version: number }) =>
    secretContext(at.owner, at.name, at.version);

  test.each([
    ["owner", (from: SealedOwner, to: { owner: SealedOwner }) => ({ owner: { ...from, id: to.owner.id } })],
    [
      "kind of owner",
      (from: SealedOwner, to: { owner: SealedOwner }) => ({ owner: { ...from, kind: to.owner.kind } }),
    ],
  ])("not under another %s", (_what, move) => {
    fc.assert(
      fc.property(place, place, (from, to) => {
        const moved = { ...from, ...move(from.owner, to) };
        fc.pre(contextAt(moved) !== contextAt(from));
        const sealed = encrypt(key, Buffer.from("secret"), contextAt(from));
        expect(decrypt(key, sealed, contextAt(from)).toString()).toBe("secret");
        expect(() => decrypt(key, sealed, contextAt(moved))).toThrow(/unable to authenticate/);
      }),
    );
  });

  test("not under another name or version, also where one ends like the other begins", () => {
    fc.assert(
      fc.property(place, name, fc.integer({ min: 1, max: 30 }), (from, otherName, otherVersion) => {
        const sealed = encrypt(key, Buffer.from("secret"), contextAt(from));
        for (const moved of [
          { ...from, name: otherName },
          { ...from, version: otherVersion },
          { ...from, name: `${from.name}/${otherVersion}` },
        ]) {
          const isSamePlace = moved.name === from.name && moved.version === from.version;
          if (isSamePlace) continue;
          expect(() => decrypt(key, sealed, contextAt(moved))).toThrow(/unable to authenticate/);
        }
      }),
    );
  });

  test("and not as a data key, nor a data key as a secret", () => {
    fc.assert(
      fc.property(place, (from) => {
        const sealed = encrypt(key, Buffer.from("secret"), contextAt(from));
        expect(() => decrypt(key, sealed, dataKeyContext(from.owner))).toThrow(/unable to authenticate/);
      }),
    );
  });
});
