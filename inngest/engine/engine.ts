import type { TaskList } from "graphile-worker";
import type { Inngest, InngestFunction } from "inngest";
import { z } from "zod";
import { announceEnd } from "./announce-end";
import { assertClock } from "./assert-clock";
import { runCall } from "./call";
import { answerCheckpoint, isCheckpoint } from "./checkpoint-api";
import type { EngineContext, EngineLog } from "./context";
import { fireCron, scheduleCrons } from "./cron";
import { openDatabase } from "./database";
import { answerEventRequest } from "./event-api";
import { prune, repairWakeUps } from "./maintenance";
import { createSdkClient } from "./sdk-client";
import { cancelRun, settleOpenStep } from "./settle-step";
import { DEFAULT_BACKOFF_MS } from "./time";
import { addWakeUp, type TaskName } from "./wake-up";
import { type RunningPool, startWorkerPool } from "./worker-pool";

const MAINTENANCE_MS = 60_000;
const DEFAULT_CONCURRENCY = 10;
const DEFAULT_LEASE_MS = 5000;
const DEFAULT_STOP_GRACE_MS = 10_000;
/** Connections beside those of calls: LISTEN, heartbeat, events that come in, jobs that are added. */
const EXTRA_CONNECTIONS = 4;

export type EngineOptions = {
  /** The worker's login, on a database that `migrateEngine` has prepared. */
  databaseUrl: string;
  /** In cloud mode (`isDev: false`), with the same signing and event key. */
  client: Inngest.Like;
  functions: readonly InngestFunction.Like[];
  signingKey: string;
  eventKey: string;
  /** Calls and jobs that this process executes at once. */
  concurrency?: number;
  /** false: goes on with what has begun here and starts nothing new, because an Inngest server does. */
  startsRuns?: boolean;
  /** Delays before the second, third, … try of a call; the last one repeats. */
  backoffMs?: readonly number[];
  /** A process that is silent for this long is taken for dead, and its calls are done again by others. */
  leaseMs?: number;
  /** How long `stop` waits for calls that are being executed before it hands them back. */
  stopGraceMs?: number;
  /** This machine's time. */
  now?: () => Date;
  log: EngineLog;
  /** Further graphile-worker tasks by name, run in the same pool. */
  extraTasks?: TaskList;
};

export type Engine = {
  /** Throws when a function asks for what the engine does not implement, the signing keys differ, or a clock is off. */
  start(): Promise<void>;
  /** Lets calls that are being executed end, or hands them back after `stopGraceMs`. */
  stop(): Promise<void>;
  /** To be given to the Inngest client as its `fetch`: answers its event and checkpoint APIs in this process, started or not. */
  fetch: typeof fetch;
  addJob(task: string, payload: unknown, options?: { jobKey?: string; runAt?: Date }): Promise<void>;
};

export function createEngine(options: EngineOptions): Engine {
  const { log, concurrency = DEFAULT_CONCURRENCY } = options;
  const database = openDatabase(options.databaseUrl, concurrency + EXTRA_CONNECTIONS, (error) =>
    log.warn({ err: error }, "database connection lost"),
  );
  const sdk = createSdkClient(options);
  let prepared: Promise<EngineContext> | undefined;
  const stopping = new AbortController();
  let running: { pool: RunningPool; maintenance: NodeJS.Timeout } | undefined;

  function prepare(): Promise<EngineContext> {
    const { backoffMs = DEFAULT_BACKOFF_MS, startsRuns = true } = options;
    prepared ??= sdk.sync().then((registry) => ({
      database,
      registry,
      sdk,
      backoffMs,
      startsRuns,
      log,
      turns: new Map(),
      stopping: stopping.signal,
    }));
    return prepared;
  }

  return {
    async start() {
      if (running) throw new Error("The engine has been started already");
      const ctx = await prepare();
      await assertClock(database, options.now ?? (() => new Date()), log);
      await maintain(ctx);
      const pool = startWorkerPool({
        database,
        tasks: { ...options.extraTasks, ...engineTasks(ctx) },
        concurrency,
        leaseMs: options.leaseMs ?? DEFAULT_LEASE_MS,
        stopGraceMs: options.stopGraceMs ?? DEFAULT_STOP_GRACE_MS,
        log,
      });
      const maintenance = setInterval(() => {
        maintain(ctx).catch((error: unknown) => log.warn({ err: error }, "maintenance failed"));
      }, MAINTENANCE_MS);
      running = { pool, maintenance };
    },
    async stop() {
      stopping.abort();
      clearInterval(running?.maintenance);
      await running?.pool.stop();
      await database.pool.end();
    },
    async fetch(input, init) {
      const ctx = await prepare();
      const url = new URL(input instanceof Request ? input.url : input);
      return isCheckpoint(url) && typeof init?.body === "string"
        ? answerCheckpoint(ctx, init.body)
        : answerEventRequest(ctx, new Request(input, init), options.eventKey);
    },
    async addJob(task, payload, jobOptions) {
      await database.transaction(async (tx) => addWakeUp(tx, { task, payload, ...jobOptions }));
    },
  };
}

async function maintain(ctx: EngineContext): Promise<void> {
  if (ctx.startsRuns) await scheduleCrons(ctx);
  await repairWakeUps(ctx.database);
  await prune(ctx.database);
}

const callId = z.object({ runId: z.string(), stepId: z.string() });
const runId = z.object({ runId: z.string(), onlyIfUnbegun: z.boolean().optional() });
const cronId = z.object({ functionId: z.string(), expression: z.string() });

function engineTasks(ctx: EngineContext): TaskList {
  return {
    // A job's second try means that the first one's process died: the engine itself never lets a call's job fail.
    "engine-call": (payload, { job }) => runCall(ctx, callId.parse(payload), job.attempts - 1),
    "engine-settle": (payload) => settleOpenStep(ctx, callId.parse(payload)),
    "engine-cancel": (payload) => cancelRun(ctx, runId.parse(payload)),
    "engine-ended": (payload) => announceEnd(ctx, runId.parse(payload)),
    "engine-cron": (payload) => fireCron(ctx, cronId.parse(payload)),
  } satisfies Record<TaskName, TaskList[string]>;
}
