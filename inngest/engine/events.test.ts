import { afterAll, beforeAll, expect, test } from "vitest";
import {
  countRuns,
  createEngineDatabase,
  endedRun,
  poll,
  type TestDatabase,
  withEngine,
} from "./engine-fixture";
import { createTestEngine, KEYS, type TestClient } from "./test-engine";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

test("an event that is sent twice with one id starts one run", async () => {
  let runs = 0;
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "once", triggers: { event: "once" } }, () => {
        runs += 1;
      }),
    ],
    async ({ inngest, sql }) => {
      const first = await inngest.send({ id: "order-1", name: "once" });
      const second = await inngest.send({ id: "order-1", name: "once" });
      expect(second.ids).toEqual(first.ids);
      await endedRun(sql, "once");
      expect(runs).toBe(1);
    },
  );
});

test("a repeated try of one send gives the same ids and stores nothing new", async () => {
  const { engine } = createTestEngine(database.url, () => []);
  const send = (seed: string) =>
    engine
      .fetch(`http://engine.internal/e/${KEYS.eventKey}`, {
        method: "POST",
        headers: { "x-inngest-event-id-seed": seed },
        body: JSON.stringify([{ name: "seeded" }, { name: "seeded" }]),
      })
      .then((response) => response.json());
  const [first, repeated, other] = [await send("1,abc"), await send("1,abc"), await send("2,abc")];
  await engine.stop();
  expect(new Set(first.ids).size).toBe(2);
  expect(repeated.ids).toEqual(first.ids);
  expect(other.ids).not.toEqual(first.ids);
  const [row] = await database.sql`SELECT count(*)::int FROM engine.events WHERE name = 'seeded'`;
  expect(row?.count).toBe(4);
});

test("a trigger's condition decides, and a missing field does not match", async () => {
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        { id: "large", triggers: { event: "sized", if: "event.data.size > 10" } },
        () => {},
      ),
      inngest.createFunction(
        { id: "small", triggers: { event: "sized", if: "event.data.size <= 10" } },
        () => {},
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send([
        { name: "sized", data: { size: 11 } },
        { name: "sized", data: {} },
      ]);
      await endedRun(sql, "large");
      const [row] =
        await sql`SELECT count(*)::int FROM engine.runs WHERE function_id IN ('test-large', 'test-small')`;
      expect(row?.count).toBe(1);
    },
  );
});

test("an unknown event key, another path, a reserved name and an event that is too large are refused", async () => {
  const { engine, inngest } = createTestEngine(database.url, () => []);
  const post = (path: string) =>
    engine.fetch(`http://engine.internal${path}`, {
      method: "POST",
      body: JSON.stringify({ name: "refused" }),
    });
  expect((await post("/e/wrong-key")).status).toBe(401);
  expect((await post("/v1/signals")).status).toBe(404);
  const large = { name: "refused", data: { text: "x".repeat(512 * 1024) } };
  await expect(inngest.send(large)).rejects.toThrow(/"refused" has \d+ bytes; at most 524288/);
  await expect(inngest.send({ name: "inngest/function.failed" })).rejects.toThrow(/reserved/);
  await engine.stop();
  const [row] = await database.sql`
    SELECT count(*)::int FROM engine.events WHERE name IN ('refused', 'inngest/function.failed')`;
  expect(row?.count).toBe(0);
});

test("a run that was running when the engine stopped goes on with the next start", async () => {
  const define: Parameters<typeof createTestEngine>[1] = (inngest) => [
    inngest.createFunction({ id: "resumed", triggers: { event: "resumed" } }, async ({ step }) => {
      await step.waitForEvent("go", { event: "resumed.go", timeout: "1h" });
      return "went";
    }),
  ];
  await withEngine(database, define, async ({ inngest, sql }) => {
    await inngest.send({ name: "resumed" });
    await poll(() => sql`SELECT 1 FROM engine.steps WHERE event_name = 'resumed.go'`).toHaveLength(1);
    expect(await countRuns(sql, "resumed", "running")).toBe(1);
  });
  await withEngine(database, define, async ({ inngest, sql }) => {
    await inngest.send({ name: "resumed.go" });
    expect(await endedRun(sql, "resumed")).toMatchObject({ status: "completed", output: "went" });
  });
});

test("an engine that starts nothing new goes on with what waits, and says how it ended", async () => {
  const define: Parameters<typeof createTestEngine>[1] = (inngest) => [
    inngest.createFunction(
      {
        id: "moved",
        triggers: [{ event: "moved" }, { cron: "* * * * * *" }],
        retries: 0,
        onFailure: () => {},
      },
      async ({ step }) => {
        await step.waitForEvent("go", { event: "moved.go", timeout: "1h" });
        throw new Error("told to onFailure");
      },
    ),
  ];
  await withEngine(database, define, async ({ inngest, sql }) => {
    await inngest.send({ name: "moved" });
    await poll(() => sql`SELECT 1 FROM engine.steps WHERE event_name = 'moved.go'`).not.toHaveLength(0);
  });
  const [before] = await database.sql`SELECT count(*)::int FROM engine.runs WHERE function_id = 'test-moved'`;
  const move = async ({ inngest, sql }: { inngest: TestClient; sql: TestDatabase["sql"] }) => {
    await inngest.send([{ name: "moved" }, { name: "moved.go" }]);
    await poll(() => countRuns(sql, "moved", "failed")).toBe(before?.count);
    await poll(() => countRuns(sql, "moved-failure", "completed")).toBe(before?.count);
    await poll(() => sql`SELECT 1 FROM engine.crons WHERE function_id = 'test-moved'`).toHaveLength(0);
    const [after] = await sql`SELECT count(*)::int FROM engine.runs WHERE function_id = 'test-moved'`;
    expect(after?.count).toBe(before?.count);
  };
  await withEngine(database, define, move, { startsRuns: false });
});
