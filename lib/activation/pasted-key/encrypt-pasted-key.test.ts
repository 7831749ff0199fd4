import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataKeys, intakeKeys, pastedKeys, sealedSecrets } from "@/db/schema";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { asSystem } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { makeSealKeys, makeWorkerContext } from "@/testing/fixtures/worker";
import { decryptPastedKey } from "./decrypt-pasted-key";
import { encryptPastedKey } from "./encrypt-pasted-key";
import { ensureIntakeKey } from "./ensure-intake-key";

const ID = "0190b1f0-1111-7000-8000-000000000001";
const OTHER_ID = "0190b1f0-1111-7000-8000-000000000002";

let database: TestDatabase;
let context: WorkerContext;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());

const decrypt = (sealed: string, id = ID) =>
  asSystem(context, "test", (tx) => decryptPastedKey(tx, context, id, sealed));

test("what the web encrypts only the worker reads, for that row alone", async () => {
  const viewer = await createViewer(database);
  const encrypt = () =>
    asCustomer(database, viewer, (tx) => encryptPastedKey(tx, ID, { key: "the-key-0001" }));
  await expect(encrypt()).rejects.toMatchObject({ code: "misconfigured" });
  await ensureIntakeKey(context);
  await ensureIntakeKey(context);
  expect(await database.admin.orm.select().from(intakeKeys)).toHaveLength(1);

  const [sealed, again] = [await encrypt(), await encrypt()];
  expect(sealed).not.toBe(again);
  expect(await decrypt(sealed)).toMatchObject({ key: "the-key-0001" });
  expect(await decrypt(sealed, OTHER_ID)).toBeNull();
  const [head, ...rest] = sealed.split(".");
  expect(
    await decrypt([head, ...rest.slice(0, -1), randomBytes(16).toString("base64url")].join(".")),
  ).toBeNull();
  expect(await decrypt("nothing of ours")).toBeNull();
});

test("a pair whose key-encryption key is lost is replaced at the next start", async () => {
  const viewer = await createViewer(database);
  const lost = { ...context, keys: makeSealKeys() };
  await ensureIntakeKey(lost);
  const sealed = await asCustomer(database, viewer, (tx) =>
    encryptPastedKey(tx, ID, { key: "the-key-0002" }),
  );
  const opened = await asSystem(lost, "test", (tx) => decryptPastedKey(tx, lost, ID, sealed));
  expect(opened).toMatchObject({ key: "the-key-0002" });
});

test("the web sees the public half, and none of the rest", async () => {
  const viewer = await createViewer(database);
  const seen = await asCustomer(database, viewer, (tx) => tx.select().from(intakeKeys));
  expect(seen.length).toBeGreaterThan(0);
  expect(Object.keys(seen[0]?.publicKey ?? {}).sort()).toEqual(["crv", "kty", "x", "y"]);
  const denied = { cause: { code: "42501" } };
  for (const table of [sealedSecrets, dataKeys, pastedKeys])
    await expect(asCustomer(database, viewer, (tx) => tx.select().from(table))).rejects.toMatchObject(denied);
});
