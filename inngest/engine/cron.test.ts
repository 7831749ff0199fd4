import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngineDatabase, poll, type TestDatabase, withEngine } from "./engine-fixture";
import { nextCronAt, parseCron } from "./registry";
import type { Define } from "./test-engine";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

const next = (text: string, after: string) => nextCronAt(parseCron(text), new Date(after)).toISOString();

test("a cron's next firing is computed in its time zone, in UTC without one", () => {
  expect(next("0 3 * * *", "2026-01-10T12:00:00Z")).toBe("2026-01-11T03:00:00.000Z");
  expect(next("TZ=Europe/Helsinki 0 3 * * *", "2026-01-10T12:00:00Z")).toBe("2026-01-11T01:00:00.000Z");
  expect(next("TZ=Europe/Helsinki 0 3 * * *", "2026-07-10T12:00:00Z")).toBe("2026-07-11T00:00:00.000Z");
});

test("a firing that the change to summer time skips comes right after it, one that it repeats comes once", () => {
  // In Helsinki 03:30 does not exist on 29 March 2026, and is there twice on 25 October.
  expect(next("TZ=Europe/Helsinki 30 3 * * *", "2026-03-28T12:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
  expect(next("TZ=Europe/Helsinki 30 3 * * *", "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
  expect(next("TZ=Europe/Helsinki 30 3 * * *", "2026-10-25T00:30:00Z")).toBe("2026-10-26T01:30:00.000Z");
});

test("each firing starts one run, however many processes there are", async () => {
  const firings: number[] = [];
  const define: Define = (inngest) => [
    inngest.createFunction({ id: "ticker", triggers: { cron: "* * * * * *" } }, ({ event }) => {
      firings.push(event.ts ?? 0);
    }),
  ];
  await withEngine(database, define, () =>
    withEngine(database, define, async () => {
      await poll(() => firings.length).toBeGreaterThanOrEqual(3);
    }),
  );
  expect(new Set(firings).size).toBe(firings.length);
  expect(firings.every((firing) => firing % 1000 === 0)).toBe(true);
});

test("firings missed while nobody ran are made up for by one run, a removed trigger by none", async () => {
  const missedAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 3 * 86_400_000);
  const firings: unknown[] = [];
  const define: Define = (inngest) => [
    inngest.createFunction({ id: "daily", triggers: { cron: "0 3 * * *" } }, ({ event }) => {
      firings.push(event.ts);
    }),
  ];
  await withEngine(database, define, async () => {});
  await database.sql`UPDATE engine.crons SET next_at = ${missedAt} WHERE function_id = 'test-daily'`;
  await withEngine(database, define, async ({ sql }) => {
    const isRescheduled = () =>
      sql`SELECT 1 FROM engine.crons WHERE function_id = 'test-daily' AND next_at > now()`;
    await poll(isRescheduled).toHaveLength(1);
    await poll(() => firings).toEqual([missedAt.getTime()]);
  });
  await database.sql`UPDATE engine.crons SET next_at = ${missedAt} WHERE function_id = 'test-daily'`;
  await database.sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'cron:test-daily:%'`;
  await withEngine(
    database,
    () => [],
    async ({ sql }) => {
      await expect
        .poll(() => sql`SELECT 1 FROM engine.crons WHERE function_id = 'test-daily'`)
        .toHaveLength(0);
    },
  );
  expect(firings).toHaveLength(1);
});
