import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connect } from "@/db/client";
import { sealedSecrets, tokenLeases } from "@/db/schema";
import type { FreshToken } from "@/lib/connectors/context";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { createTokenSource } from "./token-source";

let database: TestDatabase;
let context: WorkerContext;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());

let applicationId: string;
let refreshed: number;
beforeEach(() => {
  applicationId = randomUUID();
  refreshed = 0;
});

const partner = { kind: "vendor_application" } as const;
const refresh = async (expiresInSeconds = 3600): Promise<FreshToken> => {
  refreshed += 1;
  return { token: `token-${refreshed}`, expiresInSeconds };
};
const sourceOf = (of: WorkerContext = context) => createTokenSource(of, applicationId);
const get = (of?: WorkerContext) => sourceOf(of).get(partner, () => refresh());

test("twenty callers of two processes at once cause one refresh and get the same token", async () => {
  const second = connect(database.urls.worker, { max: 5 });
  const other = { ...context, database: second };
  const tokens = await Promise.all(
    Array.from({ length: 20 }, (_, index) => get(index % 2 === 0 ? context : other)),
  );
  await second.close();
  expect(new Set(tokens)).toEqual(new Set(["token-1"]));
  expect(refreshed).toBe(1);
});

test("a token is used until it is about to end", async () => {
  const source = sourceOf();
  expect(await source.get(partner, () => refresh(59))).toBe("token-1");
  expect(await source.get(partner, () => refresh(600))).toBe("token-2");
  expect(await source.get(partner, () => refresh(600))).toBe("token-2");
});

test("a token that the vendor no longer takes is forgotten", async () => {
  await get();
  await sourceOf().drop(partner);
  expect(await get()).toBe("token-2");
});

test("each connection has its own", async () => {
  const connection = { kind: "connection", connectionId: randomUUID() } as const;
  const source = sourceOf();
  expect(await source.get(partner, () => refresh())).toBe("token-1");
  expect(await source.get(connection, () => refresh())).toBe("token-2");
  await source.drop(connection);
  expect(await source.get(partner, () => refresh())).toBe("token-1");
});

test("a refresh that failed fails its caller alone, and the next one may try at once", async () => {
  const failing = sourceOf().get(partner, () => Promise.reject(new Error("the vendor is down")));
  await expect(failing).rejects.toThrow("the vendor is down");
  expect(await database.admin.orm.select().from(tokenLeases)).toEqual([]);
  expect(await get()).toBe("token-1");
});

test("the lease of a process that died ends by itself", async () => {
  const subject = `vendor_application:${applicationId}`;
  const lease = { subject, leasedBy: "nobody", leasedUntil: new Date(Date.now() - 1000) };
  await database.admin.orm.insert(tokenLeases).values(lease);
  expect(await get()).toBe("token-1");
});

test("it is stored sealed", async () => {
  await get();
  const rows = await database.admin.orm
    .select()
    .from(sealedSecrets)
    .where(eq(sealedSecrets.ownerId, applicationId));
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain("token-1");
});
