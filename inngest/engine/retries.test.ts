import { NonRetriableError, RetryAfterError } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngineDatabase, endedRun, poll, type TestDatabase, withEngine } from "./engine-fixture";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

test("a failed step is tried again after the back-off, with its own attempt counter, until it succeeds", async () => {
  const tries: { step: string; attempt: number; at: number }[] = [];
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        { id: "flaky", triggers: { event: "flaky" }, retries: 3 },
        async ({ step, attempt }) => {
          for (const [name, failures] of [["first", 2] as const, ["second", 1] as const]) {
            await step.run(name, () => {
              tries.push({ step: name, attempt, at: Date.now() });
              if (attempt < failures) throw new Error(`${name} is not ready`);
            });
          }
          return "done";
        },
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "flaky" });
      expect(await endedRun(sql, "flaky")).toMatchObject({ status: "completed", output: "done" });
      expect(tries.map(({ step, attempt }) => `${step} ${attempt}`)).toEqual([
        "first 0",
        "first 1",
        "first 2",
        "second 0",
        "second 1",
      ]);
      const [first, second, third] = tries.map((entry) => entry.at);
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(100);
      expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(200);
    },
    { backoffMs: [100, 200] },
  );
});

test("a step that failed for good is an error that the function can catch", async () => {
  let tries = 0;
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        { id: "caught", triggers: { event: "caught" }, retries: 2 },
        async ({ step }) => {
          try {
            await step.run("hopeless", () => {
              tries += 1;
              throw new Error("no use");
            });
          } catch (error) {
            return step.run("plan b", () => `instead of: ${error instanceof Error ? error.message : error}`);
          }
        },
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "caught" });
      expect(await endedRun(sql, "caught")).toMatchObject({
        status: "completed",
        output: "instead of: no use",
      });
      expect(tries).toBe(3);
    },
  );
});

test("a NonRetriableError is not tried again, in a step or outside", async () => {
  const tries: string[] = [];
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "final-step", triggers: { event: "final" }, retries: 5 }, ({ step }) =>
        step.run("refused", () => {
          tries.push("step");
          throw new NonRetriableError("refused in the step");
        }),
      ),
      inngest.createFunction({ id: "final-function", triggers: { event: "final" }, retries: 5 }, () => {
        tries.push("function");
        throw new NonRetriableError("refused in the function");
      }),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "final" });
      expect(await endedRun(sql, "final-step")).toMatchObject({
        status: "failed",
        error: { message: "refused in the step" },
      });
      expect(await endedRun(sql, "final-function")).toMatchObject({
        status: "failed",
        error: { message: "refused in the function" },
      });
      expect(tries.toSorted()).toEqual(["function", "step"]);
    },
  );
});

test("a RetryAfterError decides when the next try is, whatever the back-off says", async () => {
  const tries: number[] = [];
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "later", triggers: { event: "later" }, retries: 1 }, ({ step }) =>
        step.run("busy", () => {
          tries.push(Date.now());
          if (tries.length === 1) throw new RetryAfterError("busy", 1200);
        }),
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "later" });
      expect(await endedRun(sql, "later")).toMatchObject({ status: "completed" });
      const [first = 0, second = 0] = tries;
      // The SDK rounds up to whole seconds.
      expect(second - first).toBeGreaterThanOrEqual(2000);
    },
  );
});

test("a function without steps is tried again too, and fails with its last error", async () => {
  let tries = 0;
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "plain", triggers: { event: "plain" }, retries: 2 }, () => {
        tries += 1;
        throw new TypeError(`failure ${tries}`);
      }),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "plain" });
      expect(await endedRun(sql, "plain")).toMatchObject({
        status: "failed",
        error: { name: "TypeError", message: "failure 3" },
      });
      expect(tries).toBe(3);
    },
  );
});

test("onFailure gets the error and the event; a listener hears that the function has finished", async () => {
  const heard: unknown[] = [];
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        {
          id: "doomed",
          triggers: { event: "doomed" },
          retries: 0,
          onFailure: ({ error, event }) => {
            heard.push({ failed: error.message, from: event.data.event.data.from });
          },
        },
        ({ step }) =>
          step.run("fall", () => {
            throw new Error("fell");
          }),
      ),
      inngest.createFunction(
        { id: "listener", triggers: { event: "inngest/function.finished" } },
        ({ event }) => {
          if (event.data.function_id === "test-doomed") heard.push({ finished: event.data.error.message });
        },
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "doomed", data: { from: "tower" } });
      expect(await endedRun(sql, "doomed-failure")).toMatchObject({ status: "completed" });
      await poll(() => heard).toHaveLength(2);
      expect(heard).toContainEqual({ failed: "fell", from: "tower" });
      expect(heard).toContainEqual({ finished: "fell" });
    },
  );
});
