import { Inngest } from "inngest";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateEngine } from ".";
import type { EngineOptions } from "./engine";
import { createEngineDatabase, poll, type TestDatabase, withEngine } from "./engine-fixture";
import { createTestEngine, type Define } from "./test-engine";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

async function startError(define: Define, options: Partial<EngineOptions> = {}): Promise<string> {
  const { engine } = createTestEngine(database.url, define, options);
  try {
    await engine.start();
    return "started";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await engine.stop();
  }
}

test.each([
  ["throttle", { throttle: { limit: 1, period: "1m" as const } }],
  ["rateLimit", { rateLimit: { limit: 1, period: "1m" as const } }],
  ["debounce", { debounce: { period: "1m" as const } }],
  ["batchEvents", { batchEvents: { maxSize: 10, timeout: "5s" as const } }],
  ["priority", { priority: { run: "100" } }],
])("a function with %s is refused, and both are named", async (option, config) => {
  const error = await startError((inngest) => [
    inngest.createFunction({ id: "fussy", triggers: { event: "x" }, ...config }, () => {}),
  ]);
  expect(error).toContain(`function "test-fussy": option "${option}" is not implemented`);
});

test("a condition or a cron that cannot be read is refused", async () => {
  const error = await startError((inngest) => [
    inngest.createFunction({ id: "unreadable", triggers: { event: "x", if: "event.data ==" } }, () => {}),
    inngest.createFunction({ id: "timeless", triggers: { cron: "61 * * * *" } }, () => {}),
  ]);
  expect(error).toContain('function "test-unreadable": ');
  expect(error).toContain('function "test-timeless": ');
});

test("another signing key than the client's is refused", async () => {
  expect(await startError(() => [], { signingKey: "signkey-test-ffff" })).toContain(
    "refused the engine's signing key",
  );
});

test("a clock that is ten minutes off is refused, one that is two seconds off is told of", async () => {
  const off = (milliseconds: number) => () => new Date(Date.now() + milliseconds);
  const [ahead, behind] = [
    await startError(() => [], { now: off(600_000) }),
    await startError(() => [], { now: off(-600_000) }),
  ];
  expect(ahead).toMatch(/This machine's clock is (600|599) s ahead of the database's\. Synchronize/);
  expect(behind).toMatch(/clock is (600|599|601) s behind the database's/);
  const told: string[] = [];
  const nothing = () => {};
  const log = {
    debug: nothing,
    info: nothing,
    warn: (_: object, words: string) => told.push(words),
    error: nothing,
  };
  expect(await startError(() => [], { now: off(2000), log })).toBe("started");
  expect(told).toEqual([expect.stringContaining("clock is 2 s ahead of")]);
});

test("a client that does not verify signatures is refused", async () => {
  const client = new Inngest({ id: "open", isDev: true });
  expect(await startError(() => [], { client })).toContain("does not verify signatures");
});

test("further tasks run in the same pool, by key and not before their time", async () => {
  const done: unknown[] = [];
  const extraTasks = {
    tidy: (payload: unknown) => {
      done.push(payload);
    },
  };
  await withEngine(
    database,
    () => [],
    async ({ engine }) => {
      await engine.addJob(
        "tidy",
        { what: "later" },
        { jobKey: "a", runAt: new Date(Date.now() + 3_600_000) },
      );
      await engine.addJob(
        "tidy",
        { what: "replaced" },
        { jobKey: "b", runAt: new Date(Date.now() + 3_600_000) },
      );
      await engine.addJob("tidy", { what: "now" }, { jobKey: "b" });
      await poll(() => done).toEqual([{ what: "now" }]);
    },
    { extraTasks },
  );
});

test("migration can be repeated and run by several at once, and leaves every table with forced row-level security", async () => {
  await Promise.all([migrateEngine(database.url), migrateEngine(database.url)]);
  const tables = await database.sql`
    SELECT relname, relrowsecurity AND relforcerowsecurity AS secured,
           (SELECT count(*)::int FROM pg_policy WHERE polrelid = pg_class.oid) AS policies
    FROM pg_class WHERE relnamespace = 'engine'::regnamespace AND relkind = 'r' ORDER BY relname`;
  expect(tables.map((table) => table.relname)).toEqual([
    "calls",
    "crons",
    "events",
    "failures",
    "pools",
    "runs",
    "steps",
  ]);
  expect(tables.every((table) => table.secured && table.policies === 1)).toBe(true);
});

test("a login with nothing but CREATE on the database owns and runs the engine; another sees nothing", async () => {
  const { sql, url } = database;
  const name = new URL(url).pathname.slice(1);
  const [worker, web] = [`worker_${name}`, `web_${name}`];
  await sql.unsafe(`DROP SCHEMA engine CASCADE; DROP SCHEMA graphile_worker CASCADE;
    CREATE ROLE ${worker} LOGIN PASSWORD 'pw'; CREATE ROLE ${web} LOGIN PASSWORD 'pw';
    GRANT CREATE ON DATABASE ${name} TO ${worker};`);
  const urlOf = (role: string) => Object.assign(new URL(url), { username: role, password: "pw" }).href;
  await migrateEngine(urlOf(worker));
  await withEngine(
    { ...database, url: urlOf(worker) },
    (inngest) => [inngest.createFunction({ id: "owned", triggers: { event: "owned" } }, () => "ran")],
    async ({ inngest }) => {
      await inngest.send({ name: "owned" });
      const isDone = () =>
        sql`SELECT 1 FROM engine.runs WHERE function_id = 'test-owned' AND status = 'completed'`;
      await poll(isDone).toHaveLength(1);
    },
  );
  const stranger = postgres(urlOf(web), { max: 1 });
  await expect(stranger`SELECT * FROM engine.events`).rejects.toThrow(/permission denied/);
  await expect(stranger`SELECT graphile_worker.add_job('engine-call')`).rejects.toThrow(/permission denied/);
  await stranger.end();
  await sql.unsafe(`DROP OWNED BY ${worker}, ${web} CASCADE; DROP ROLE ${worker}, ${web};`);
});
