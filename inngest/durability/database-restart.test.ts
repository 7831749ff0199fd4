import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateEngine } from "@/inngest/engine";
import { poll } from "@/inngest/engine/engine-fixture";
import { createTestEngine } from "@/inngest/engine/test-engine";
import { type OwnPostgres, startOwnPostgres } from "@/testing/own-postgres";
import { createExecutions, recordingFunctions, type Work } from "./recording-functions";

const RUNS = 20;
/** Patience with a busy machine: each run still has two sleeps in front of it, and what failed its back-off. */
const ALL_ENDED_MS = 90_000;

let server: OwnPostgres;
beforeAll(async () => {
  server = await startOwnPostgres();
});
afterAll(() => server.stop());

test("work goes on by itself within ten seconds after the database was restarted", async () => {
  const { url } = server;
  await migrateEngine(url);
  const sql = postgres(url, { max: 4, onnotice: () => {}, backoff: () => 0.1 });
  await createExecutions(sql);
  const { inngest, engine } = createTestEngine(url, recordingFunctions(sql));
  await engine.start();
  try {
    const events = Array.from({ length: RUNS }, (_, number) => ({
      name: "nine",
      data: { number, nap: "2s" } satisfies Work,
    }));
    await inngest.send(events);
    await poll(() => sql`SELECT 1 FROM executions WHERE step = 'a'`).toHaveLength(RUNS);
    await server.restart();
    const restartedAt = Date.now();
    const laterSteps = () => sql`SELECT 1 FROM executions WHERE step IN ('b', 'c')`;
    await poll(() => laterSteps().catch(() => [])).not.toHaveLength(0);
    expect(Date.now() - restartedAt).toBeLessThan(10_000);
    const completed = () =>
      sql`SELECT 1 FROM engine.runs WHERE status = 'completed' AND output ->> 'heard' = 'true'`;
    await expect
      .poll(() => completed().catch(() => []), { timeout: ALL_ENDED_MS, interval: 100 })
      .toHaveLength(RUNS);
  } finally {
    await engine.stop();
    await sql.end({ timeout: 5 });
  }
}, 150_000);
