import { afterAll, beforeAll, expect, test } from "vitest";
import {
  countRuns,
  createEngineDatabase,
  endedRun,
  poll,
  type TestDatabase,
  withEngine,
} from "./engine-fixture";
import type { Define } from "./test-engine";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

/** `parent-N` invokes `child`, which does what the event's `what` says; the result is data or the error's message. */
const define: Define = (inngest) => {
  const child = inngest.createFunction(
    { id: "child", triggers: { event: "child" }, retries: 0 },
    async ({ event, step }) => {
      if (event.data.what === "fail") throw new Error("the child failed");
      if (event.data.what === "wait") await step.waitForEvent("go", { event: "child.go", timeout: "1h" });
      return { heard: event.data.what, name: event.name };
    },
  );
  return [
    child,
    inngest.createFunction({ id: "parent", triggers: { event: "parent" } }, async ({ event, step }) => {
      const { what, timeout } = event.data;
      const options = { function: child, data: { what }, ...(timeout ? { timeout } : {}) };
      return step.invoke("call child", options).catch((error: Error) => `caught: ${error.message}`);
    }),
  ];
};

const forget = () => database.sql`DELETE FROM engine.runs`;
const childWaits = () =>
  database.sql`SELECT 1 FROM engine.steps WHERE event_name = 'child.go' AND state = 'waiting'`;

test("an invoked function's result and its error are those of the step", async () => {
  await withEngine(database, define, async ({ inngest, sql }) => {
    await inngest.send({ name: "parent", data: { what: "hello" } });
    const heard = { heard: "hello", name: "inngest/function.invoked" };
    expect(await endedRun(sql, "parent")).toMatchObject({ status: "completed", output: heard });
    await forget();
    await inngest.send({ name: "parent", data: { what: "fail" } });
    expect(await endedRun(sql, "parent")).toMatchObject({ output: "caught: the child failed" });
    expect(await endedRun(sql, "child")).toMatchObject({ status: "failed" });
  });
});

test("a step that has waited too long for the invoked function fails, and the function goes on", async () => {
  await forget();
  await withEngine(database, define, async ({ inngest, sql }) => {
    await inngest.send({ name: "parent", data: { what: "wait", timeout: "1s" } });
    const { output } = await endedRun(sql, "parent");
    expect(output).toContain("caught: Timed out");
    await poll(childWaits).toHaveLength(1);
    await inngest.send({ name: "child.go" });
    expect(await endedRun(sql, "child")).toMatchObject({ status: "completed" });
  });
});

test("who is cancelled takes the runs that it invoked along, and fails the step that invoked it", async () => {
  await forget();
  const cancel = (functionId: string) => database.sql`
    SELECT graphile_worker.add_job('engine-cancel', json_build_object('runId', id))
    FROM engine.runs WHERE function_id = ${`test-${functionId}`} AND status = 'running'`;
  await withEngine(database, define, async ({ inngest, sql }) => {
    await inngest.send({ name: "parent", data: { what: "wait" } });
    await poll(childWaits).toHaveLength(1);
    await cancel("parent");
    await poll(() => countRuns(sql, "parent", "cancelled")).toBe(1);
    await poll(() => countRuns(sql, "child", "cancelled")).toBe(1);
    await forget();
    await inngest.send({ name: "parent", data: { what: "wait" } });
    await poll(childWaits).toHaveLength(1);
    await cancel("child");
    expect((await endedRun(sql, "parent")).output).toBe("caught: The invoked function was cancelled");
  });
});
