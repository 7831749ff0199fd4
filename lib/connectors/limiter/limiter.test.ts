import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { startTestSandbox } from "@/testing/procountor-sandbox";
import { createLimiter } from "./create-limiter";
import { limitOf, type VendorLimit } from "./schema";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const RATE = 60;
const CALLS = 150;
const PROCESSES = 4;

/** However late a call arrives on a busy machine, its place stays taken until its answer is here. */
const certain = (key: string, requestsPerSecond: number): VendorLimit => ({
  ...limitOf(key, requestsPerSecond),
  arrivesWithinMs: 50_000,
});

/** A call under the limit, as often as asked, spread over so many processes' worth of connections and tenants. */
async function callTogether(url: string, limit: VendorLimit, calls: number): Promise<number[]> {
  const pools = Array.from({ length: PROCESSES }, () => connect(database.urls.worker, { max: 2 }));
  const contexts = pools.map((worker) => makeWorkerContext({ worker }));
  try {
    const statuses = Array.from({ length: calls }, async (_, index) => {
      const context = contexts[index % contexts.length];
      if (!context) throw new Error("no process");
      const giveBack = await createLimiter(context, limit, `tenant ${index % 50}`).take();
      return await fetch(`${url}/latest/api/status`)
        .then(
          ({ status }) => status,
          () => 0,
        )
        .finally(giveBack);
    });
    return await Promise.all(statuses);
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
}

async function readCount(url: string): Promise<{ total: number; refused: number; peakPerSecond: number }> {
  const response = await fetch(`${url}/sandbox/stats`);
  return (await response.json()).clients.unknown;
}

test("four processes in a hurry stay within the vendor's own count", async () => {
  const sandbox = await startTestSandbox({ requestsPerSecond: RATE });
  try {
    await callTogether(sandbox.url, certain(sandbox.url, RATE), CALLS);
    const count = await readCount(sandbox.url);
    expect(count).toMatchObject({ total: CALLS, refused: 0 });
    expect(count.peakPerSecond).toBeLessThanOrEqual(RATE);
  } finally {
    await sandbox.close();
  }
});

test("without it the vendor refuses, so that the count above means something", async () => {
  const sandbox = await startTestSandbox({ requestsPerSecond: 1 });
  try {
    await callTogether(sandbox.url, certain(sandbox.url, 1_000_000), 20);
    expect((await readCount(sandbox.url)).refused).toBeGreaterThan(0);
  } finally {
    await sandbox.close();
  }
});

test("tenants take turns, whoever came first and however many calls it has", async () => {
  const limit = { key: "turns", places: 1, windowMs: 5, arrivesWithinMs: 50_000 };
  const context = makeWorkerContext(database);
  const other = { ...context, database: connect(database.urls.worker, { max: 2 }) };
  const order: string[] = [];
  const call = async (from: typeof context, tenant: string) => {
    const giveBack = await createLimiter(from, limit, tenant).take();
    order.push(tenant);
    giveBack();
  };
  try {
    const first = await createLimiter(context, limit, "many").take();
    const calls = Array.from({ length: 5 }, () => call(context, "many"));
    // Until these wait, the one place is taken.
    await expect.poll(() => countWaiting("turns")).toBe(5);
    calls.push(call(other, "few"), call(other, "some"), call(other, "some"));
    await expect.poll(() => countWaiting("turns")).toBe(8);
    first();
    await Promise.all(calls);
  } finally {
    await other.database.close();
  }
  // Three of the first turn, two of the second: within one the tenant that came last is first.
  expect(order).toEqual(["some", "few", "many", "some", "many", "many", "many", "many"]);
});

async function countWaiting(key: string): Promise<number> {
  const [row] = await database.admin.sql<{ count: number }[]>`
    select count(*)::int as count from vendor_limit_waiters where key = ${key}`;
  return row?.count ?? 0;
}

test("whoever died waiting is not waited for", async () => {
  const limit = { key: "died", places: 1, windowMs: 5, arrivesWithinMs: 50_000 };
  const context = makeWorkerContext(database);
  const giveBack = await createLimiter(context, limit, "living").take();
  await database.admin.sql`
    insert into vendor_limit_waiters (id, key, tenant, turn, process, seen_at)
    values (gen_random_uuid(), 'died', 'dead', 0, gen_random_uuid(), now() - interval '6 seconds')`;
  giveBack();
  const next = await createLimiter(context, limit, "living").take();
  next();
});

test("keys are limited apart, and who would wait over a minute is told so at once", async () => {
  const context = makeWorkerContext(database);
  const slow = createLimiter(context, limitOf("slow", 0.01), "tenant");
  await slow.take();
  await expect(slow.take()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
  expect(await countWaiting("slow")).toBe(0);
  const giveBack = await createLimiter(context, limitOf("other", 0.01), "tenant").take();
  giveBack();
  // Once more is no more.
  giveBack();
});
