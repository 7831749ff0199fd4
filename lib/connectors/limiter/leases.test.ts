import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connect } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { acquireSlots, leaseSizeOf } from "./acquire-slots";
import { createLimiter } from "./create-limiter";
import { limitOf } from "./schema";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Places of calls, and of leases: those that wait for a window only are free within it. */
async function countTaken(key: string): Promise<number> {
  const [row] = await database.admin.sql<{ count: number }[]>`
    select count(*)::int as count from vendor_limit_places
    where key = ${key} and free_at > now() + interval '10 seconds'`;
  return row?.count ?? 0;
}

/** Calls until the process holds places for more; on a busy machine some are over before they can be seen. */
async function lease(limiter: ReturnType<typeof createLimiter>, key: string): Promise<void> {
  do (await limiter.take())();
  while (!(await isLeased(key)));
}
async function isLeased(key: string): Promise<boolean> {
  const until = performance.now() + 150;
  while (performance.now() < until) if ((await countTaken(key)) > 1) return true;
  return false;
}

/** A process: a pool of connections of its own. */
function startProcess() {
  const pool = connect(database.urls.worker, { max: 2 });
  return { ...makeWorkerContext({ worker: pool }), close: () => pool.close() };
}

test.each([
  ["gateway", 60, 6],
  ["writes", 60, 6],
  ["work", 60, 3],
  ["gateway", 10, 1],
  ["work", 10, 0],
  ["gateway", 2, 0],
] as const)("a lease of the class %s under %i calls a second has at most %i places", (name, rate, places) => {
  expect(leaseSizeOf(limitOf("size", rate), name)).toBe(places);
});

test("a call leaves on a leased place while the limit's rows are locked, and what no call used is back soon", async () => {
  const process = startProcess();
  const limiter = createLimiter(process, limitOf("leased", 60), "gateway/one");
  try {
    let hasLeft = false;
    while (!hasLeft) {
      await lease(limiter, "leased");
      let taken: Promise<() => void> | undefined;
      await database.admin.sql.begin(async (tx) => {
        await tx`select from vendor_limits where key = 'leased' for update`;
        taken = limiter.take();
        hasLeft = await Promise.race([taken.then(() => true), delay(100, false)]);
      });
      (await taken)?.();
    }
    await expect.poll(() => countTaken("leased")).toBe(0);
  } finally {
    await process.close();
  }
});

test("a lease that a stopped process slept through is not used", async () => {
  const process = startProcess();
  const limiter = createLimiter(process, limitOf("slept", 60), "gateway/one");
  try {
    await lease(limiter, "slept");
    // The event loop stands still, as with SIGSTOP: no timer has run when the next call comes.
    const until = performance.now() + 300;
    while (performance.now() < until);
    const leased = await database.admin.sql<{ id: string }[]>`
      select taken_by as id from vendor_limit_places where key = 'slept' and free_at > now() + interval '10 seconds'`;
    const giveBack = await limiter.take();
    const [own] = await database.admin.sql<{ count: number }[]>`
      select count(*)::int as count from vendor_limit_places
      where key = 'slept' and taken_by = any(${leased.map(({ id }) => id)}) and free_at > now() + interval '10 seconds'`;
    expect(own?.count).toBe(0);
    giveBack();
  } finally {
    await process.close();
  }
});

test("leases go back also when their timer fires before their time", async () => {
  const process = startProcess();
  const limiter = createLimiter(process, limitOf("early", 60), "gateway/one");
  const now = performance.now.bind(performance);
  let behindMs = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() - behindMs);
  try {
    await lease(limiter, "early");
    behindMs = 400;
    await expect.poll(() => countTaken("early")).toBe(0);
  } finally {
    clock.mockRestore();
    await process.close();
  }
});

test("a lease takes half of what is free at most, and nothing while a call waits, in whichever process", async () => {
  const limit = { key: "crowded", places: 12, windowMs: 60_000, arrivesWithinMs: 50_000 };
  const context = makeWorkerContext(database);
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
  const visit = (leases: string[], arriving = 0) =>
    acquireSlots(context, limit, randomUUID(), {
      arrivals: Array.from({ length: arriving }, () => ({ id: uuidv7(), tenant: "gateway/one" })),
      returns: [],
      leases,
    });
  const sizes: number[] = [];
  for (const arriving of [1, 0, 0]) sizes.push((await visit(ids(4), arriving)).leased.length);
  expect(sizes).toEqual([4, 3, 2]);
  // Two places are free for three calls.
  expect(await visit(ids(4), 3)).toMatchObject({ leased: [], isCrowded: true });
  await database.admin.sql`
    update vendor_limit_places set free_at = now() - interval '1 second' where key = 'crowded'`;
  expect(await visit(ids(4))).toMatchObject({ leased: [], isCrowded: true });
});
