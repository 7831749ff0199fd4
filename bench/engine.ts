import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg, totalmem } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres, { type Sql } from "postgres";
import { migrateEngine } from "@/inngest/engine";
import { createTestEngine } from "@/inngest/engine/test-engine";
import { startOwnPostgres } from "@/testing/own-postgres";
import { STEPS_PER_RUN, trivialSteps } from "./engine-functions";
import { fillWithFinishedRuns } from "./fill-engine";

const WORKERS = 4;
const SAMPLES = 300;
const RUNS = 500;
const FINISHED_RUNS = 1_000_000;
const MEMORY_STEPS = 100_000;
const BATCH = 100;

type Bench = { url: string; sql: Sql };

/** From the sending of an event to the first step's body, on an engine that has nothing else to do. */
async function measureLatency({ url }: Bench): Promise<string> {
  const took: number[] = [];
  let isDone = () => {};
  const began = (sentAt: number) => {
    took.push(performance.now() - sentAt);
    isDone();
  };
  const { inngest, engine } = createTestEngine(url, trivialSteps(began));
  await engine.start();
  for (let index = 0; index < SAMPLES; index++) {
    const done = new Promise<void>((resolve) => {
      isDone = resolve;
    });
    await inngest.send({ name: "trivial", data: { sentAt: performance.now() } });
    await done;
    await delay(20);
  }
  await engine.stop();
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  return `event to first step: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms (${SAMPLES} events)`;
}

async function startWorkers(url: string, count: number): Promise<ChildProcess[]> {
  const path = fileURLToPath(new URL("./engine-worker.ts", import.meta.url));
  const children = Array.from({ length: count }, () =>
    fork(path, [url], { execArgv: ["--expose-gc", "--import", "tsx"] }),
  );
  await Promise.all(children.map((child) => once(child, "message")));
  return children;
}

async function stopWorkers(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children) {
    const exited = once(child, "exit");
    child.disconnect();
    await exited;
  }
}

/** Steps in a second, from the first event to the last run's end. */
async function drive({ url, sql }: Bench, runs: number): Promise<number> {
  const { inngest, engine } = createTestEngine(url, trivialSteps());
  const startedAt = performance.now();
  for (let sent = 0; sent < runs; sent += BATCH) {
    const size = Math.min(BATCH, runs - sent);
    await inngest.send(Array.from({ length: size }, () => ({ name: "trivial", data: { sentAt: 0 } })));
  }
  await engine.stop();
  const running = () => sql`SELECT 1 FROM engine.runs WHERE status = 'running' LIMIT 1`;
  while ((await running()).length > 0) await delay(50);
  return (runs * STEPS_PER_RUN) / ((performance.now() - startedAt) / 1000);
}

async function measureThroughput(bench: Bench): Promise<string> {
  const workers = await startWorkers(bench.url, WORKERS);
  await drive(bench, BATCH);
  const perSecond = await drive(bench, RUNS);
  await stopWorkers(workers);
  return `${perSecond.toFixed(0)} steps/s through ${WORKERS} workers (${RUNS * STEPS_PER_RUN} trivial steps)`;
}

async function measureFilled(bench: Bench): Promise<string> {
  const startedAt = performance.now();
  await fillWithFinishedRuns(bench.sql, FINISHED_RUNS);
  console.log(`filled in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  const lines = [await measureLatency(bench), await measureThroughput(bench)];
  return lines.map((line) => `at ${FINISHED_RUNS} finished runs: ${line}`).join("\n");
}

async function measureMemory(bench: Bench): Promise<string> {
  const [worker] = await startWorkers(bench.url, 1);
  if (!worker) throw new Error("no worker");
  const lines: string[] = [];
  const parts = 5;
  for (let part = 1; part <= parts; part++) {
    await drive(bench, MEMORY_STEPS / STEPS_PER_RUN / parts);
    worker.send("memory");
    const [{ heapUsed, rss }] = await once(worker, "message");
    const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
    const steps = (MEMORY_STEPS / parts) * part;
    lines.push(`after ${steps} steps: heap ${megabytes(heapUsed)} MB, resident ${megabytes(rss)} MB`);
  }
  await stopWorkers([worker]);
  return lines.join("\n");
}

const PARTS = {
  latency: measureLatency,
  throughput: measureThroughput,
  filled: measureFilled,
  memory: measureMemory,
};

const server = await startOwnPostgres({ isDurable: true });
const wanted = process.argv.slice(2);
console.log(
  `${cpus().length} × ${cpus()[0]?.model}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}`,
);
for (const [name, measure] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const admin = postgres(server.url, { max: 1 });
  await admin.unsafe(`CREATE DATABASE bench_${name}`);
  await admin.end();
  const url = server.url.replace(/postgres$/, `bench_${name}`);
  await migrateEngine(url);
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  console.log(
    `load ${loadavg()
      .map((value) => value.toFixed(1))
      .join(" ")}`,
  );
  console.log(await measure({ url, sql }));
  await sql.end();
}
await server.stop();
