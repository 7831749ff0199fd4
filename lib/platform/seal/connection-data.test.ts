import { randomBytes, randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activations, connections, dataKeys } from "@/db/schema";
import { withScope } from "@/db/scope";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { beginOffboarding } from "@/lib/connection/offboarding/begin-offboarding";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { untilWaiting } from "@/testing/fixtures/until-waiting";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { assertKeysOpen } from "./check-keys";
import { ensureConnectionData, findConnectionData, unwrapConnectionData } from "./connection-data";
import { rewrapDataKeys } from "./rewrap-data-keys";
import { findSecret } from "./secrets";

let database: TestDatabase;
let context: WorkerContext;
let viewer: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  viewer = await createViewer(database);
});
afterAll(() => database.close());

/** A connection that works; gives its id. */
async function connect(): Promise<string> {
  const integration = await createIntegration(database, { slug: `orders-${randomUUID().slice(0, 8)}` });
  const { requestId } = await createRequest(database, viewer, integration);
  const activation = only((await readRequest(database, requestId)).activations);
  await database.admin.orm
    .update(activations)
    .set({ state: "active" })
    .where(eq(activations.id, activation.id));
  return asSystem(context, "test", (tx) => createConnection(tx, context, activation, "the vendor's key"));
}
const ensure = (id: string, by = context) =>
  asSystem(by, "test", (tx) => ensureConnectionData(tx, by.keys, id));
const find = (id: string, by = context) => asSystem(by, "test", (tx) => findConnectionData(tx, by.keys, id));
const end = (connectionId: string) =>
  withScope(database.web, { kind: "customer", ...viewer }, (tx) =>
    beginOffboarding(tx, {
      connectionId,
      askId: randomUUID(),
      reason: null,
      asker: { by: "customer", userId: viewer.userId },
    }),
  );
const rowOf = async (id: string) =>
  only(
    await database.admin.orm
      .select()
      .from(dataKeys)
      .where(and(eq(dataKeys.ownerKind, "connection_data"), eq(dataKeys.ownerId, id))),
  );

test("what is sealed opens in its own place alone, for its own connection alone", async () => {
  const [one, other] = [await connect(), await connect()];
  const sealed = (await ensure(one)).seal("delivery_rows.body/1", "an invoice");
  const again = await find(one);
  expect(again?.open("delivery_rows.body/1", sealed).toString()).toBe("an invoice");
  expect(() => again?.open("delivery_rows.body/2", sealed)).toThrow(/unable to authenticate/);
  const foreign = await ensure(other);
  expect(() => foreign.open("delivery_rows.body/1", sealed)).toThrow(/unable to authenticate/);
});

test("bytes come back as they were", async () => {
  const data = await ensure(await connect());
  const bytes = randomBytes(1000);
  expect(data.open("x", data.seal("x", bytes)).equals(bytes)).toBe(true);
});

test("a hash is the same for the same connection, and another one for any other", async () => {
  const [one, other] = [await connect(), await connect()];
  const hash = (await ensure(one)).hash("1042");
  expect((await find(one))?.hash("1042")).toBe(hash);
  expect((await ensure(other)).hash("1042")).not.toBe(hash);
});

test("those who need it first at the same time get the same data key", async () => {
  const id = await connect();
  const hashes = (await Promise.all([ensure(id), ensure(id), ensure(id)])).map((data) => data.hash("x"));
  expect(new Set(hashes).size).toBe(1);
});

test("nothing is made by looking", async () => {
  expect(await find(await connect())).toBeNull();
});

describe("the end of a connection", () => {
  test("destroys it at once, while the vendor's key is kept until it is seen to be dead", async () => {
    const id = await connect();
    await ensure(id);
    expect(await end(id)).toBe(true);
    expect(await find(id)).toBeNull();
    const owner = { kind: "connection", id } as const;
    const key = await asSystem(context, "test", (tx) => findSecret(tx, context.keys, owner, "api_key"));
    expect(key?.value).toBe("the vendor's key");
  });

  test("is final: the data key is not made a second time", async () => {
    const id = await connect();
    await end(id);
    await expect(ensure(id)).rejects.toMatchObject({ code: "gone" });
    await expect(ensure(randomUUID())).rejects.toMatchObject({ code: "gone" });
  });

  test("destroys one that is being made at that moment", async () => {
    const id = await connect();
    let ending: Promise<boolean> = Promise.resolve(false);
    await asSystem(context, "test", async (tx) => {
      await ensureConnectionData(tx, context.keys, id);
      ending = end(id);
      await untilWaiting(database, ending);
    });
    expect(await ending).toBe(true);
    expect(await find(id)).toBeNull();
  });

  test("leaves those of others, and goes with the row", async () => {
    const [one, other] = [await connect(), await connect()];
    await ensure(one);
    await ensure(other);
    await end(one);
    expect(await find(other)).not.toBeNull();
    await database.admin.orm.delete(connections).where(eq(connections.id, other));
    expect(await find(other)).toBeNull();
  });
});

describe("its ring", () => {
  const next = { id: "second", key: randomBytes(32) };
  const withRing = (gateway: { id: string; key: Buffer }[]): WorkerContext => ({
    ...context,
    keys: { ...context.keys, rings: { ...context.keys.rings, gateway } },
  });

  test("opens it without any other key", async () => {
    const id = await connect();
    const sealed = (await ensure(id)).seal("x", "body");
    const { gateway } = context.keys.rings;
    expect(
      unwrapConnectionData({ rings: { gateway } }, await rowOf(id))
        .open("x", sealed)
        .toString(),
    ).toBe("body");
    const { vendor } = context.keys.rings;
    const row = await rowOf(id);
    expect(() => unwrapConnectionData({ rings: { gateway: vendor } }, row)).toThrow(/unable to authenticate/);
  });

  test("is rotated by itself, and what was sealed before opens by the new key alone", async () => {
    const id = await connect();
    const sealed = (await ensure(id)).seal("x", "body");
    const rotated = withRing([next, ...context.keys.rings.gateway]);
    expect(await rewrapDataKeys(rotated)).toBeGreaterThan(0);
    expect(await rewrapDataKeys(rotated)).toBe(0);
    expect((await rowOf(id)).keyEncryptionKeyId).toBe("second");
    expect((await find(id, withRing([next])))?.open("x", sealed).toString()).toBe("body");
    await expect(assertKeysOpen(withRing([next]), [])).resolves.toBeUndefined();
    await rewrapDataKeys(withRing([...context.keys.rings.gateway, next]));
  });

  test("is tried when the worker starts, and named by its own setting", async () => {
    await ensure(await connect());
    await expect(assertKeysOpen(withRing([next]), [])).rejects.toThrow(
      /"first" is not in KYTKIN_GATEWAY_KEYS: the secrets of \d+ connection\(s\) with data do not open[\s\S]*KYTKIN_LOST_KEYS=gateway\/first/,
    );
    await expect(assertKeysOpen(withRing([next]), ["first"])).rejects.toThrow(/KYTKIN_GATEWAY_KEYS/);
    await assertKeysOpen(withRing([next]), ["gateway/first"]);
    const forged = withRing([{ id: "first", key: randomBytes(32) }]);
    await expect(assertKeysOpen(forged, [])).rejects.toThrow(
      /in KYTKIN_GATEWAY_KEYS is another one than was used before/,
    );
  });
});
