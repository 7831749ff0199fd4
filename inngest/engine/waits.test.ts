import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngineDatabase, endedRun, poll, type TestDatabase, withEngine } from "./engine-fixture";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

const isWaiting = (eventName: string) => () =>
  database.sql`SELECT 1 FROM engine.steps WHERE state = 'waiting' AND event_name = ${eventName}`;

test("a wait takes the event that matches, by field and by expression, and no other", async () => {
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "by-field", triggers: { event: "asked" } }, async ({ step }) => {
        const answer = await step.waitForEvent("answer", {
          event: "answered",
          match: "data.key",
          timeout: "1h",
        });
        return answer?.data.text;
      }),
      inngest.createFunction({ id: "by-expression", triggers: { event: "asked" } }, async ({ step }) => {
        const condition = "async.data.key == event.data.key && async.data.size > 1";
        const answer = await step.waitForEvent("answer", { event: "answered", if: condition, timeout: "1h" });
        return answer?.data.text;
      }),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "asked", data: { key: "k1" } });
      await poll(isWaiting("answered")).toHaveLength(2);
      await inngest.send({ name: "answered", data: { key: "k2", size: 5, text: "wrong key" } });
      await inngest.send({ name: "answered", data: { key: "k1", size: 1, text: "small" } });
      await inngest.send({ name: "answered", data: { key: "k1", size: 2, text: "large" } });
      expect(await endedRun(sql, "by-field")).toMatchObject({ output: "small" });
      expect(await endedRun(sql, "by-expression")).toMatchObject({ output: "large" });
    },
  );
});

test("a wait without its event gives null when its time is over", async () => {
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "unanswered", triggers: { event: "unanswered" } }, async ({ step }) => {
        const before = await step.run("before", () => Date.now());
        const answer = await step.waitForEvent("answer", { event: "never", timeout: "1s" });
        return { answer, waitedMs: Date.now() - before };
      }),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "unanswered" });
      const output = (await endedRun(sql, "unanswered")).output as { answer: unknown; waitedMs: number };
      expect(output.answer).toBeNull();
      expect(output.waitedMs).toBeGreaterThanOrEqual(1000);
    },
  );
});

test("an event that arrives while the step before the wait runs is not missed, an older one does not count", async () => {
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "early", triggers: { event: "early" } }, async ({ step }) => {
        await step.run("older", () => inngest.send({ name: "early.answer", data: { text: "too old" } }));
        await step.run("look", () => inngest.send({ name: "early.answer", data: { text: "just in time" } }));
        const answer = await step.waitForEvent("answer", { event: "early.answer", timeout: "1h" });
        return answer?.data.text;
      }),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "early" });
      expect(await endedRun(sql, "early")).toMatchObject({ output: "just in time" });
    },
  );
});

test("no event is lost when waits are registered and events arrive at the same time", async () => {
  const count = 40;
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "racer", triggers: { event: "race" } }, async ({ step }) => {
        const answer = await step.waitForEvent("answer", {
          event: "race.answer",
          match: "data.number",
          timeout: "1h",
        });
        return answer?.data.number;
      }),
    ],
    async ({ inngest, sql }) => {
      const numbers = Array.from({ length: count }, (_, number) => number);
      await Promise.all(
        numbers.map(async (number) => {
          await inngest.send({ name: "race", data: { number } });
          await inngest.send({ name: "race.answer", data: { number } });
        }),
      );
      const right = () => sql`SELECT 1 FROM engine.runs WHERE function_id = 'test-racer'
        AND status = 'completed' AND output::text = event -> 'data' ->> 'number'`;
      await poll(right).toHaveLength(count);
    },
  );
});

test("one event ends the waits of two functions, and consecutive waits take consecutive events", async () => {
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "collector", triggers: { event: "collect" } }, async ({ step }) => {
        const texts: unknown[] = [];
        for (let index = 0; index < 3; index++) {
          const item = await step.waitForEvent(`item ${index}`, { event: "item", timeout: "1h" });
          texts.push(item?.data.text);
        }
        return texts;
      }),
      inngest.createFunction({ id: "taker", triggers: { event: "collect" } }, async ({ step }) => {
        return (await step.waitForEvent("item", { event: "item", timeout: "1h" }))?.data.text;
      }),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "collect" });
      await poll(isWaiting("item")).toHaveLength(2);
      await inngest.send(["a", "b", "c"].map((text) => ({ name: "item", data: { text } })));
      expect(await endedRun(sql, "collector")).toMatchObject({ output: ["a", "b", "c"] });
      expect(await endedRun(sql, "taker")).toMatchObject({ output: "a" });
    },
  );
});
