import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { outboxEvents, outboxMails, tasks, workerProcesses } from "@/db/schema";
import { writeMetrics } from "@/lib/platform/health/metrics-text";
import { judge, type Observation } from "@/lib/platform/health/rules";
import { enterWorker } from "@/lib/platform/worker-process/keep-presence";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { GET as getMetrics } from "../metrics/route";
import { GET as getReady } from "./ready/route";

const TOKEN = "m".repeat(32);

const fine: Observation = {
  isDatabaseFit: true,
  isReadOnly: false,
  migratedAt: 2,
  newestMigration: 2,
  clockOffsetMs: 3,
  isClockFit: true,
  isDemo: false,
  demoTraces: 0,
  liveWorkers: 1,
  mailWaitsSeconds: 0,
  eventWaitsSeconds: 0,
};

describe("what is seen is judged", () => {
  const cases: [string, Partial<Observation>, string][] = [
    ["all is well", {}, "ready"],
    ["a newer database than this program", { migratedAt: 3 }, "ready"],
    ["the demo's data in the demo", { isDemo: true, demoTraces: 2 }, "ready"],
    ["no worker", { liveWorkers: 0 }, "degraded"],
    ["a mail that waits", { mailWaitsSeconds: 1000 }, "degraded"],
    ["an event that waits", { eventWaitsSeconds: 1000 }, "degraded"],
    ["a login that is not bound", { isDatabaseFit: false }, "not_ready"],
    ["a database that takes no writes", { isReadOnly: true }, "not_ready"],
    ["an older database", { migratedAt: 1 }, "not_ready"],
    ["a clock that is off", { isClockFit: false }, "not_ready"],
    ["the demo's data for real", { demoTraces: 1 }, "not_ready"],
  ];
  test.each(cases)("%s", (_, changes, status) => {
    expect(judge({ ...fine, ...changes }).status).toBe(status);
  });
  test("nothing, when the database does not answer", () => {
    expect(judge(null)).toMatchObject({ status: "not_ready", checks: { database: "failed" } });
  });
});

test("labels are escaped as Prometheus reads them", () => {
  const samples = [{ labels: { state: 'a"b\\c\nd' }, value: 1.5 }];
  expect(writeMetrics([{ name: "x", help: "X.", samples }])).toBe(
    '# HELP x X.\n# TYPE x gauge\nx{state="a\\"b\\\\c\\nd"} 1.5\n',
  );
});

describe("of a running installation", () => {
  let database: TestDatabase;
  let closePool: () => Promise<void>;
  beforeAll(async () => {
    database = await createTestDatabase();
    closePool = startWebProcess(database, { KYTKIN_METRICS_TOKEN: TOKEN });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await closePool();
    await database.close();
  });
  beforeEach(async () => {
    for (const table of [workerProcesses, outboxMails, outboxEvents, tasks])
      await database.admin.orm.delete(table);
  });

  const readReady = async () => {
    const response = await getReady();
    return { http: response.status, ...(await response.json()) };
  };
  const readMetrics = (authorization?: string) =>
    getMetrics(
      new Request("https://portal.example/api/metrics", { headers: authorization ? { authorization } : {} }),
    );

  test("readiness follows the worker's presence", async () => {
    expect(await readReady()).toMatchObject({ http: 200, status: "degraded", checks: { worker: "failed" } });
    await enterWorker(makeWorkerContext(database));
    expect(await readReady()).toMatchObject({ http: 200, status: "ready" });
    await database.admin.orm.update(workerProcesses).set({ seenAt: new Date(Date.now() - 70_000) });
    expect(await readReady()).toMatchObject({ http: 200, status: "degraded" });
  });

  test("readiness sees migrations that are missing", async () => {
    const shift = (days: number) =>
      database.admin.orm.execute(
        sql`update drizzle.__drizzle_migrations set created_at = created_at + ${days * 86_400_000}`,
      );
    await shift(-1);
    expect(await readReady()).toMatchObject({ http: 503, checks: { migrations: "failed" } });
    await shift(1);
    expect(await readReady()).toMatchObject({ http: 200, checks: { migrations: "ok" } });
  });

  test("metrics count what waits and what failed, for whoever has the token", async () => {
    expect((await readMetrics()).status).toBe(401);
    expect((await readMetrics("Bearer another")).status).toBe(401);
    await database.admin.orm.insert(tasks).values({ kind: "request_stuck", subjectId: uuidv7() });
    const mail = { kind: "request_settled", recipient: "a@example.com", locale: "en" };
    const old = new Date(Date.now() - 3_600_000);
    await database.admin.orm.insert(outboxMails).values([
      { ...mail, subjectId: uuidv7(), messageId: "<1@t>", state: "failed" },
      { ...mail, subjectId: uuidv7(), messageId: "<2@t>", createdAt: old },
    ]);
    const response = await readMetrics(`Bearer ${TOKEN}`);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    const readValue = (sample: string): number => {
      const line = text.split("\n").find((one) => one.startsWith(`${sample} `));
      return Number(line?.split(" ").at(-1));
    };
    expect(readValue('kytkin_tasks_open{kind="request_stuck"}')).toBe(1);
    expect(readValue('kytkin_mails{state="failed"}')).toBe(1);
    expect(readValue("kytkin_mail_oldest_queued_seconds")).toBeGreaterThan(3500);
    expect(readValue("kytkin_workers_live")).toBe(0);
    expect(readValue("kytkin_engine_waiting")).toBeGreaterThanOrEqual(0);
    expect(readValue("process_resident_memory_bytes")).toBeGreaterThan(1e6);
    expect(text).not.toContain("a@example.com");
    expect((await readReady()).checks.queues).toBe("failed");
  });
});
