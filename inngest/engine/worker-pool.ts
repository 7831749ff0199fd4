import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Logger, runTaskList, type TaskList, type WorkerEvents, type WorkerPool } from "graphile-worker";
import type { EngineLog } from "./context";
import type { Database } from "./database";
import { beat, leave, releaseDeadPools } from "./leases";

/** Only for what is due later and for jobs of dead pools: new jobs are announced by NOTIFY. */
const POLL_MS = 500;
const RESTART_DELAY_MS = 1000;
const FORCED_STOP_MS = 6000;

export type RunningPool = { stop(): Promise<void> };

type PoolOptions = {
  database: Database;
  tasks: TaskList;
  concurrency: number;
  leaseMs: number;
  stopGraceMs: number;
  log: EngineLog;
};

/**
 * Runs graphile-worker's pool with a heartbeat. A pool that cannot reach the database shuts itself down; a new one is
 * then started at once, while the old one lets its calls end.
 */
export function startWorkerPool(options: PoolOptions): RunningPool {
  const { database, log } = options;
  const stopping = new AbortController();
  /** Outlives `stopping`: calls that are being executed while the engine stops must not be taken over. */
  const beating = new AbortController();
  const pools = new Set<WorkerPool>();
  open();
  const heartbeat = beatUntilStopped();

  function open(): void {
    const events: WorkerEvents = new EventEmitter();
    const pool = runPool(options, events);
    pools.add(pool);
    pool.promise
      .catch((error: unknown) => log.error({ err: error }, "worker pool ended"))
      .finally(() => pools.delete(pool));
    events.once("pool:gracefulShutdown", () => {
      delay(RESTART_DELAY_MS, undefined, { signal: stopping.signal }).then(open, () => {});
      // Such a pool may never end. Its heart stops, so that what it left behind is taken over.
      delay(options.stopGraceMs, undefined, { signal: stopping.signal }).then(
        () => pools.delete(pool),
        () => {},
      );
    });
  }

  async function beatUntilStopped(): Promise<void> {
    while (!beating.signal.aborted) {
      try {
        for (const pool of pools) await beat(database, pool.id);
        const dead = await releaseDeadPools(database, options.leaseMs);
        if (dead.length > 0) log.warn({ pools: dead }, "took over the jobs of silent worker pools");
      } catch (error) {
        log.warn({ err: error }, "heartbeat failed");
      }
      await delay(options.leaseMs / 3, undefined, { signal: beating.signal }).catch(() => {});
    }
  }

  return {
    async stop() {
      stopping.abort();
      const ids = [...pools].map((pool) => pool.id);
      await Promise.all([...pools].map((pool) => shutDown(pool, options.stopGraceMs, log)));
      beating.abort();
      await heartbeat;
      for (const id of ids) await leave(database, id);
    },
  };
}

function runPool({ concurrency, log, tasks, database }: PoolOptions, events: WorkerEvents): WorkerPool {
  return runTaskList(
    {
      concurrency,
      events,
      pollInterval: POLL_MS,
      // The process that owns the engine handles its signals and calls `stop`.
      noHandleSignals: true,
      // Without a batch, a lost connection while a job's end is noted is a rejection that nobody handles.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: new Logger(() => (level, message) => {
        if (level === "error") log.error({}, message);
        else if (level === "warning") log.warn({}, message);
        else log.debug({}, message);
      }),
    },
    tasks,
    database.pool,
  );
}

async function shutDown(pool: WorkerPool, graceMs: number, log: EngineLog): Promise<void> {
  if (await endsWithin(Promise.resolve(pool.gracefulShutdown()), graceMs)) return;
  log.warn({ pool: pool.id }, "calls that did not end in time are handed back");
  await endsWithin(Promise.resolve(pool.forcefulShutdown("the engine stops")), FORCED_STOP_MS);
}

/** Whether the promise settles, either way, in time. */
async function endsWithin(ending: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const hasEnded = await Promise.race([
    ending.then(
      () => true,
      () => true,
    ),
    delay(timeoutMs, false, { signal: timer.signal }).catch(() => false),
  ]);
  timer.abort();
  return hasEnded;
}
