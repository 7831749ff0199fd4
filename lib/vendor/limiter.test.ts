import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { startTestSandbox } from "@/testing/procountor-sandbox";
import { createLimiter } from "./limiter";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const RATE = 60;
const CALLS = 150;

/** `take` and a call, as often as asked, spread over three processes' worth of connections. */
async function callTogether(url: string, requestsPerSecond: number, calls: number): Promise<number[]> {
  const pools = Array.from({ length: 3 }, () => connect(database.urls.worker, { max: 4 }));
  const limiters = pools.map((worker) =>
    createLimiter(makeWorkerContext({ worker }), `vendor:${url}`, requestsPerSecond),
  );
  try {
    const statuses = Array.from({ length: calls }, async (_, index) => {
      await limiters[index % limiters.length]?.take();
      return (await fetch(`${url}/latest/api/status`)).status;
    });
    return await Promise.all(statuses);
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
}

async function readPeak(url: string): Promise<{ total: number; refused: number; peakPerSecond: number }> {
  const response = await fetch(`${url}/sandbox/stats`);
  return (await response.json()).clients.unknown;
}

test("three processes in a hurry stay within the vendor's own count, and use most of it", async () => {
  const sandbox = await startTestSandbox({ requestsPerSecond: RATE });
  try {
    const startedAt = performance.now();
    await callTogether(sandbox.url, RATE, CALLS);
    const seconds = (performance.now() - startedAt) / 1000;
    const count = await readPeak(sandbox.url);
    expect(count).toMatchObject({ total: CALLS, refused: 0 });
    expect(count.peakPerSecond).toBeLessThanOrEqual(RATE);
    // It spaces them out and does no more than that.
    expect(seconds).toBeGreaterThan((CALLS - RATE) / RATE);
  } finally {
    await sandbox.close();
  }
});

test("without it the vendor refuses, so that the count above means something", async () => {
  const sandbox = await startTestSandbox({ requestsPerSecond: RATE });
  try {
    await callTogether(sandbox.url, 1_000_000, 2 * RATE + 10);
    expect((await readPeak(sandbox.url)).refused).toBeGreaterThan(0);
  } finally {
    await sandbox.close();
  }
});

test("keys are limited apart, and who would wait over a minute is told so at once", async () => {
  const context = makeWorkerContext(database);
  const slow = createLimiter(context, "slow", 0.01);
  await slow.take();
  await expect(slow.take()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
  const other = createLimiter(context, "other", 0.01);
  await expect(other.take()).resolves.toBeUndefined();
});
