import { fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngineDatabase, endedRun, poll, type TestDatabase, withEngine } from "./engine-fixture";
import { threeSteps } from "./takeover-functions";
import { createTestEngine } from "./test-engine";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEngineDatabase();
});
afterAll(() => database.drop());

function startChild(databaseUrl: string) {
  const child = fork(fileURLToPath(new URL("./takeover-child.ts", import.meta.url)), [databaseUrl], {
    execArgv: ["--import", "tsx"],
  });
  const said: unknown[] = [];
  child.on("message", (message) => said.push(message));
  return { child, said };
}

test("a step whose process is killed is taken over within ten seconds, and what was done before stays done", async () => {
  const { child, said } = startChild(database.url);
  const ran: string[] = [];
  try {
    await poll(() => said).toContain("started");
    const define = threeSteps(
      async () => "survivor",
      (step) => ran.push(step),
    );
    const { inngest, engine } = createTestEngine(database.url, define);
    await inngest.send({ name: "three" });
    await engine.stop();
    await poll(() => said).toContain("middle");
    const killedAt = Date.now();
    child.kill("SIGKILL");
    await once(child, "exit");
    await withEngine(database, define, async ({ sql }) => {
      expect(await endedRun(sql, "three")).toMatchObject({ status: "completed", output: "survivor" });
      expect(Date.now() - killedAt).toBeLessThan(10_000);
      expect(ran).toEqual(["middle", "last"]);
    });
  } finally {
    child.kill("SIGKILL");
  }
});

test("the result of a call that was taken over is dropped, and the call is done again", async () => {
  const ran: string[] = [];
  const { sql } = database;
  await sql`DELETE FROM engine.runs`;
  const loseLease = async () => {
    await sql`UPDATE engine.calls SET lease = gen_random_uuid()`;
    return "zombie";
  };
  const record = (step: string) => ran.push(step);
  await withEngine(database, threeSteps(loseLease, record), async ({ inngest }) => {
    await inngest.send({ name: "three" });
    // graphile-worker deletes the job of the call although its row is still open.
    await poll(() => sql`SELECT 1 FROM graphile_worker.jobs WHERE key LIKE 'call:%'`).toHaveLength(0);
    await poll(() => ran).toEqual(["first", "middle"]);
  });
  await withEngine(
    database,
    threeSteps(async () => "second", record),
    async () => {
      expect(await endedRun(sql, "three")).toMatchObject({ output: "second" });
      expect(ran).toEqual(["first", "middle", "middle", "last"]);
    },
  );
});

test("a call whose process has died ten times fails its run", async () => {
  const { sql } = database;
  await sql`DELETE FROM engine.runs`;
  const define = threeSteps(
    async () => "unreachable",
    () => {},
  );
  const { inngest, engine } = createTestEngine(database.url, define);
  await inngest.send({ name: "three" });
  await engine.stop();
  await sql`UPDATE graphile_worker._private_jobs SET attempts = 10 WHERE key LIKE 'call:%'`;
  await withEngine(database, define, async () => {
    expect(await endedRun(sql, "three")).toMatchObject({ status: "failed", error: { name: "WorkerDied" } });
  });
});

test("stop lets a step end and keeps its result", async () => {
  const { sql } = database;
  await sql`DELETE FROM engine.runs`;
  const gate = new EventEmitter();
  const middle = async () => {
    gate.emit("inside");
    await once(gate, "go");
    return "finished";
  };
  const { inngest, engine } = createTestEngine(
    database.url,
    threeSteps(middle, () => {}),
  );
  await engine.start();
  const inside = once(gate, "inside");
  await inngest.send({ name: "three" });
  await inside;
  const stopped = engine.stop();
  gate.emit("go");
  await stopped;
  const [row] = await sql`SELECT count(*)::int FROM engine.steps WHERE result ->> 'data' = 'finished'`;
  expect(row?.count).toBe(1);
});

test("stop hands a step that does not end back to others", async () => {
  const { sql } = database;
  await sql`DELETE FROM engine.runs`;
  const { inngest, engine } = createTestEngine(
    database.url,
    threeSteps(
      () => new Promise(() => {}),
      () => {},
    ),
    { stopGraceMs: 50 },
  );
  await engine.start();
  await inngest.send({ name: "three" });
  await poll(() => sql`SELECT 1 FROM engine.steps WHERE state = 'done'`).toHaveLength(1);
  await engine.stop();
  const define = threeSteps(
    async () => "other",
    () => {},
  );
  await withEngine(database, define, async () => {
    expect(await endedRun(sql, "three")).toMatchObject({ status: "completed", output: "other" });
  });
});

test("an engine that loses its database connections in the middle of a step goes on", async () => {
  const { sql } = database;
  await sql`DELETE FROM engine.runs`;
  const loseConnections = async () => {
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> 'postgres.js'`;
    return "survived";
  };
  await withEngine(
    database,
    threeSteps(loseConnections, () => {}),
    async ({ inngest }) => {
      await inngest.send({ name: "three" });
      expect(await endedRun(sql, "three")).toMatchObject({ status: "completed", output: "survived" });
    },
  );
});
