import { afterAll, beforeAll, expect, test } from "vitest";
import {
  countRuns,
  createEngineDatabase,
  endedRun,
  poll,
  type TestDatabase,
  withEngine,
} from "./engine-fixture";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

/** Counts how many bodies are inside at once, and keeps each one there until others have had the time to come in. */
function createGauge() {
  const inside = new Map<string, number>();
  const highest = new Map<string, number>();
  return {
    highest,
    async pass(key: string) {
      const now = (inside.get(key) ?? 0) + 1;
      inside.set(key, now);
      highest.set(key, Math.max(now, highest.get(key) ?? 0));
      await database.sql`SELECT pg_sleep(0.1)`;
      inside.set(key, (inside.get(key) ?? 0) - 1);
    },
  };
}

test("concurrency limits what is executed at once for each key, and nothing is left behind", async () => {
  const gauge = createGauge();
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        { id: "limited", triggers: { event: "limited" }, concurrency: { limit: 2, key: "event.data.key" } },
        async ({ event, step }) => {
          for (const name of ["a", "b"]) await step.run(name, () => gauge.pass(event.data.key));
        },
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send(
        Array.from({ length: 16 }, (_, index) => ({
          name: "limited",
          data: { key: index % 2 ? "odd" : "even" },
        })),
      );
      await poll(() => countRuns(sql, "limited", "completed")).toBe(16);
      expect(gauge.highest).toEqual(
        new Map([
          ["even", 2],
          ["odd", 2],
        ]),
      );
    },
  );
});

test("cancelOn ends the matching run: the step under way ends, later ones do not run", async () => {
  const ran: string[] = [];
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        {
          id: "withdrawn",
          triggers: { event: "begin" },
          cancelOn: [{ event: "withdraw", match: "data.id" }],
        },
        async ({ event, step }) => {
          await step.run("withdraw one", async () => {
            if (event.data.id === "one") {
              await inngest.send({ name: "withdraw", data: { id: "one" } });
              await poll(() => countRuns(database.sql, "withdrawn", "cancelled")).toBe(1);
            }
            ran.push(`${event.data.id} withdraw`);
          });
          await step.run("work", () => ran.push(`${event.data.id} work`));
        },
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send(["one", "two"].map((id) => ({ name: "begin", data: { id } })));
      await poll(() => countRuns(sql, "withdrawn", "completed")).toBe(1);
      await poll(() => sql`SELECT 1 FROM graphile_worker.jobs`).toHaveLength(0);
      expect(ran.toSorted()).toEqual(["one withdraw", "two withdraw", "two work"]);
    },
  );
});

test("an idempotency key starts one run a day", async () => {
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        { id: "idem", triggers: { event: "idem" }, idempotency: "event.data.id" },
        () => {},
      ),
    ],
    async ({ inngest, sql }) => {
      await Promise.all(["1", "1", "2"].map((id) => inngest.send({ name: "idem", data: { id } })));
      await poll(() => countRuns(sql, "idem", "completed")).toBe(2);
      const [row] = await sql`SELECT count(*)::int FROM engine.runs WHERE function_id = 'test-idem'`;
      expect(row?.count).toBe(2);
    },
  );
});

test("a singleton drops the second event, or replaces the run that is under way", async () => {
  await withEngine(
    database,
    (inngest) =>
      (["skip", "cancel"] as const).map((mode) =>
        inngest.createFunction(
          { id: mode, triggers: { event: "single" }, singleton: { mode } },
          async ({ event, step }) => {
            await step.waitForEvent("go", { event: "single.go", timeout: "1h" });
            return event.data.number;
          },
        ),
      ),
    async ({ inngest, sql }) => {
      await inngest.send({ name: "single", data: { number: 1 } });
      await inngest.send({ name: "single", data: { number: 2 } });
      await poll(() => countRuns(sql, "cancel", "cancelled")).toBe(1);
      const waiting = () => sql`SELECT 1 FROM engine.steps JOIN engine.runs ON runs.id = run_id
        WHERE event_name = 'single.go' AND state = 'waiting' AND status = 'running'`;
      await poll(waiting).toHaveLength(2);
      await inngest.send({ name: "single.go" });
      expect(await endedRun(sql, "skip")).toMatchObject({ output: 1 });
      await poll(() => countRuns(sql, "cancel", "completed")).toBe(1);
      const [run] =
        await sql`SELECT output FROM engine.runs WHERE function_id = 'test-cancel' AND status = 'completed'`;
      expect(run?.output).toBe(2);
    },
  );
});

test("two rules hold at once, and a slot that one call cannot use goes to another", async () => {
  const gauge = createGauge();
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        {
          id: "two-rules",
          triggers: { event: "two" },
          concurrency: [{ limit: 3 }, { limit: 1, key: "event.data.key" }],
        },
        async ({ event, step }) => {
          for (const name of ["a", "b"])
            await step.run(name, () => Promise.all([gauge.pass("all"), gauge.pass(event.data.key)]));
        },
      ),
    ],
    async ({ inngest, sql }) => {
      const keys = ["a", "a", "a", "a", "a", "a", "b", "c", "d", "e"];
      await inngest.send(keys.map((key) => ({ name: "two", data: { key } })));
      await poll(() => countRuns(sql, "two-rules", "completed")).toBe(keys.length);
      expect(gauge.highest.get("all")).toBeGreaterThan(1);
      expect(gauge.highest.get("all")).toBeLessThanOrEqual(3);
      expect(["a", "b", "c", "d", "e"].map((key) => gauge.highest.get(key))).toEqual([1, 1, 1, 1, 1]);
      expect(await sql`SELECT 1 FROM engine.calls`).toHaveLength(0);
    },
  );
});

test("a run that does not begin in time, or does not end in time, is cancelled", async () => {
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        { id: "slow", triggers: { event: "slow" }, concurrency: 1, timeouts: { start: "1s", finish: "2s" } },
        async ({ step }) => {
          await step.run("hold the slot", () =>
            poll(() => countRuns(database.sql, "slow", "cancelled")).toBe(1),
          );
          await step.waitForEvent("never", { event: "never", timeout: "1h" });
        },
      ),
      inngest.createFunction(
        { id: "quick", triggers: { event: "quick" }, timeouts: { start: "1h", finish: "1h" } },
        () => "in time",
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send([{ name: "slow" }, { name: "slow" }, { name: "quick" }]);
      await poll(() => countRuns(sql, "slow", "cancelled")).toBe(2);
      expect(
        await sql`SELECT 1 FROM engine.runs WHERE function_id = 'test-slow' AND begun_at IS NULL`,
      ).toHaveLength(1);
      await poll(() => countRuns(sql, "quick", "completed")).toBe(1);
      await poll(() => sql`SELECT 1 FROM graphile_worker.jobs WHERE key LIKE 'timeout:%'`).toHaveLength(0);
    },
  );
});
