import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngineDatabase, endedRun, type TestDatabase, withEngine } from "./engine-fixture";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

test("a chain goes on within one call, until others have to have their turn", async () => {
  let calls = 0;
  const ran: number[] = [];
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "long", triggers: { event: "long" } }, async ({ step }) => {
        calls += 1;
        for (let index = 0; index < 45; index++) await step.run(`step ${index}`, () => ran.push(index));
        return "through";
      }),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "long" });
      expect(await endedRun(sql, "long")).toMatchObject({ output: "through" });
      expect(ran).toEqual(Array.from({ length: 45 }, (_, index) => index));
      expect(calls).toBe(3);
    },
  );
});

test("a run that is cancelled in the middle of a chain does no further step", async () => {
  const ran: string[] = [];
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        { id: "stopped", triggers: { event: "stopped" }, cancelOn: [{ event: "stop" }] },
        async ({ step }) => {
          await step.run("before", () => ran.push("before"));
          await step.run("during", async () => {
            ran.push("during");
            await inngest.send({ name: "stop" });
            await endedRun(database.sql, "stopped");
          });
          await step.run("after", () => ran.push("after"));
        },
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "stopped" });
      expect(await endedRun(sql, "stopped")).toMatchObject({ status: "cancelled" });
    },
  );
  // By now the engine has stopped, which lets calls end.
  expect(ran).toEqual(["before", "during"]);
});

test("a report that is repeated changes nothing, and the function is called anew; a stranger's is refused", async () => {
  const answers: number[] = [];
  let report: (lease: unknown, runId: string) => Promise<Response>;
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction({ id: "repeated", triggers: { event: "repeated" } }, async ({ step, runId }) => {
        const first = await step.run("first", () => "what was stored");
        await step.run("second", async () => {
          if (answers.length > 0) return;
          const [call] = await database.sql`SELECT lease FROM engine.calls WHERE run_id = ${runId}`;
          for (const lease of [crypto.randomUUID(), call?.lease])
            answers.push((await report(lease, runId)).status);
        });
        return first;
      }),
    ],
    async ({ inngest, engine, sql }) => {
      report = (lease, runId) => {
        const id = createHash("sha1").update("first").digest("hex");
        const body = JSON.stringify({ qi_id: lease, steps: [{ op: "StepRun", id, data: "something else" }] });
        return engine.fetch(`http://engine.internal/v1/checkpoint/${runId}/async`, { method: "POST", body });
      };
      await inngest.send({ name: "repeated" });
      expect(await endedRun(sql, "repeated")).toMatchObject({ output: "what was stored" });
      expect(answers).toEqual([409, 409]);
    },
  );
});

test("a call whose time is over hands its next step on", async () => {
  let calls = 0;
  await withEngine(
    database,
    (inngest) => [
      inngest.createFunction(
        { id: "slow", triggers: { event: "slow" }, checkpointing: { maxRuntime: 1 } },
        async ({ step }) => {
          calls += 1;
          const ask = async (name: string) => {
            const [row] = await database.sql<{ name: string }[]>`SELECT ${name} AS name, pg_sleep(0.01)`;
            return row?.name;
          };
          const first = await step.run("first", () => ask("first"));
          return [first, await step.run("second", () => ask("second"))];
        },
      ),
    ],
    async ({ inngest, sql }) => {
      await inngest.send({ name: "slow" });
      expect(await endedRun(sql, "slow")).toMatchObject({ output: ["first", "second"] });
      expect(calls).toBeGreaterThan(1);
    },
  );
});
