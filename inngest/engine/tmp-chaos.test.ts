import pg from "pg";
import * as gw from "graphile-worker";
import { test, expect } from "vitest";
import { createEngineDatabase } from "./engine-fixture";
import { createTestEngine } from "./test-engine";
test("db chaos", async () => {
  let P: any; const oc = (pg.Pool.prototype as any).connect; (pg.Pool.prototype as any).connect = function (...a: any[]) { P = this; return oc.apply(this, a); };

  const db = await createEngineDatabase();
  const N = 100;
  const { inngest, engine } = createTestEngine(db.url, (inngest) => [
    inngest.createFunction({ id: "chaos", triggers: { event: "chaos" }, retries: 4, concurrency: { limit: 6, key: "event.data.k" } }, async ({ event, step }) => {
      let t = 0;
      for (let i = 0; i < 4; i++) t += await step.run("s" + i, async () => { await new Promise((r) => setTimeout(r, 20)); return 1; });
      const r = await Promise.all([1, 2, 3].map((n) => step.run("p" + n, async () => n)));
      return { t, r };
    }),
  ], { leaseMs: 1500, stopGraceMs: 2000, log: { debug() {}, info() {}, warn: (f: any, m) => console.log("WARN", m, JSON.stringify(f).slice(0, 150)), error: (f: any, m) => console.log("ERR", m.slice(0, 150), JSON.stringify(f).slice(0, 100)) } });
  await engine.start();
  for (let i = 0; i < N; i += 25) await inngest.send(Array.from({ length: 25 }, (_, j) => ({ name: "chaos", data: { id: i + j, k: (i + j) % 3 } })));
  const t0 = Date.now();
  let done = 0;
  while (Date.now() - t0 < 90_000) {
    await new Promise((r) => setTimeout(r, 1000));
    done = (await db.sql`SELECT count(*)::int FROM engine.runs WHERE status='completed'`)[0]!.count;
    console.log("TICK", Date.now() - t0, done, P.totalCount, P.idleCount, P.waitingCount, (gw as any)._allWorkerPools?.length, JSON.stringify(await db.sql`SELECT locked_by, count(*)::int FROM graphile_worker.jobs WHERE locked_by is not null GROUP BY 1`), JSON.stringify(await db.sql`SELECT id, now()-seen_at as age FROM engine.pools`), JSON.stringify(await db.sql`SELECT count(*)::int FROM pg_stat_activity WHERE datname=current_database()`));
    if (done === N) break;
    if (Date.now() - t0 < 20_000) await db.sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> 'postgres.js'`;
  }
  console.log(await db.sql`SELECT status, error FROM engine.runs WHERE status NOT IN ('completed')`);
  expect(done).toBe(N);
  const t1 = Date.now(); await engine.stop(); console.log('TICK stop', Date.now() - t1);
  await db.drop();
}, 200_000);
