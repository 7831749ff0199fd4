import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import { createEngineDatabase, type TestDatabase } from "@/inngest/engine/engine-fixture";
import { createTestEngine } from "@/inngest/engine/test-engine";
import { waitFor } from "@/testing/wait-for";
import { bundleWorker } from "./bundle-worker";
import {
  createExecutions,
  type RecordingFunction,
  recordingFunctions,
  TOKENS,
  type Work,
} from "./recording-functions";

export type Plan = {
  workers: number;
  runs: number;
  /** What each run does. */
  steps: RecordingFunction;
  /** A random worker is killed this often, and replaced. */
  killEveryMs: number;
  kills: number;
  /** Each sleep takes up to so long. */
  maxNapSeconds: number;
  /** In which everything has to be over after the last kill. */
  graceMs: number;
};

const BATCH = 100;

/** `endedBefore`: runs that had ended at the last kill. `repeated`: steps whose body ran again. */
type Survival = { endedBefore: number; afterLastKillMs: number; repeated: number };

/** Kills workers while they work and checks that nothing is lost and nothing is done twice without need. */
export async function surviveKills(plan: Plan): Promise<Survival> {
  const database = await createEngineDatabase();
  const worker = await bundleWorker();
  const crew = new Crew(worker.path, database.url);
  try {
    await createExecutions(database.sql);
    for (let index = 0; index < plan.workers; index++) await crew.hire();
    await sendAll(database, plan);
    for (let kill = 0; kill < plan.kills; kill++) {
      await delay(plan.killEveryMs);
      crew.killOne();
      void crew.hire();
    }
    const lastKillAt = Date.now();
    const endedBefore = await countEnded(database);
    await waitFor(() => expectAllEnded(database, plan.runs), { timeout: plan.graceMs, interval: 200 });
    const afterLastKillMs = Date.now() - lastKillAt;
    await expectNothingLost(database, plan);
    return { endedBefore, afterLastKillMs, repeated: await countRepeated(database, crew.killed) };
  } finally {
    await crew.dismiss();
    await worker.remove();
    await database.drop();
  }
}

/** The workers' processes. */
class Crew {
  readonly killed: number[] = [];
  readonly #alive = new Set<ChildProcess>();
  #isDismissed = false;

  constructor(
    readonly workerPath: string,
    readonly databaseUrl: string,
  ) {}

  async hire(): Promise<void> {
    const child = fork(this.workerPath, [this.databaseUrl], { execArgv: [] });
    await Promise.race([once(child, "message"), once(child, "exit")]);
    if (this.#isDismissed) child.kill("SIGKILL");
    else this.#alive.add(child);
  }

  killOne(): void {
    const victims = [...this.#alive];
    const victim = victims[Math.floor(Math.random() * victims.length)];
    if (!victim?.pid) return;
    this.#alive.delete(victim);
    this.killed.push(victim.pid);
    victim.kill("SIGKILL");
  }

  async dismiss(): Promise<void> {
    this.#isDismissed = true;
    for (const child of this.#alive) {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    }
  }
}

async function sendAll({ url, sql }: TestDatabase, { runs, steps, maxNapSeconds }: Plan): Promise<void> {
  const { inngest, engine } = createTestEngine(url, recordingFunctions(sql));
  const events = Array.from({ length: runs }, (_, number) => ({
    name: steps,
    data: { number, nap: `${1 + Math.floor(Math.random() * maxNapSeconds)}s` } satisfies Work,
  }));
  for (let from = 0; from < runs; from += BATCH) await inngest.send(events.slice(from, from + BATCH));
  await engine.stop();
}

async function countEnded({ sql }: TestDatabase): Promise<number> {
  const [ended] = await sql<{ count: number }[]>`
    SELECT count(*)::int FROM engine.runs WHERE status <> 'running'`;
  return ended?.count ?? 0;
}

async function expectAllEnded({ sql }: TestDatabase, runs: number): Promise<void> {
  const ended = await sql`SELECT status, count(*)::int FROM engine.runs GROUP BY 1`;
  expect(ended).toEqual([{ status: "completed", count: runs }]);
}

async function expectNothingLost({ sql }: TestDatabase, { runs, steps }: Plan): Promise<void> {
  const [announced] = await sql`
    SELECT count(*)::int FROM engine.events WHERE name = 'inngest/function.finished'`;
  const [results] = await sql`
    SELECT count(DISTINCT token)::int AS tokens, count(e.token)::int AS executed
    FROM engine.runs, json_array_elements_text(output -> 'tokens') AS result
    LEFT JOIN executions e ON e.token = result::uuid`;
  const [deaf] = await sql`SELECT count(*)::int FROM engine.runs WHERE output ->> 'heard' <> 'true'`;
  expect(announced?.count).toBeLessThanOrEqual(runs);
  // Each of a run's results is that of an execution, and no two are the same.
  expect(results).toEqual({ tokens: runs * TOKENS[steps], executed: runs * TOKENS[steps] });
  expect(deaf?.count).toBe(0);
}

/** Steps that were done again. Whoever did it before must have been killed: nothing else is a reason. */
async function countRepeated({ sql }: TestDatabase, killed: readonly number[]): Promise<number> {
  const repeated = await sql<{ pids: number[]; living: number }[]>`
    SELECT count(*) FILTER (WHERE pid <> ALL(${[...killed]}))::int AS living
    FROM executions GROUP BY number, step HAVING count(*) > 1`;
  expect(repeated.filter((step) => step.living > 1)).toEqual([]);
  return repeated.length;
}
