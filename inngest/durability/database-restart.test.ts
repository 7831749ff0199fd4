import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateEngine } from "@/inngest/engine";
import { poll } from "@/inngest/engine/engine-fixture";
import { createTestEngine } from "@/inngest/engine/test-engine";
import { type OwnPostgres, startOwnPostgres } from "@/testing/own-postgres";
import { createExecutions, sixSteps } from "./six-steps";

const RUNS = 20;

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
  const { inngest, engine } = createTestEngine(url, sixSteps(sql));
  await engine.start();
  try {
    const events = Array.from({ length: RUNS }, (_, number) => ({
      name: "six",
      data: { number, nap: "2s" },
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
    await poll(() => completed().catch(() => [])).toHaveLength(RUNS);
  } finally {
    await engine.stop();
    await sql.end({ timeout: 5 });
  }
}, 60_000);
