import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Logger, runTaskList, type TaskList, type WorkerEvents, type WorkerPool } from "graphile-worker";
import type { EngineLog } from "./context";
import type { Database } from "./database";
import { beat, leave, releaseDeadPools } from "./pools";

/** Only for what is due later and for jobs of dead pools: new jobs are announced by NOTIFY. */
const POLL_MS = 500;
/** Ends of jobs are noted together. A job that is done twice because its end was not noted finds nothing to do. */
const NOTE_ENDS_AFTER_MS = 2;
/** By graphile-worker's levels. */
const LOG_METHODS = { error: "error", warning: "warn", info: "debug", debug: "debug" } as const;
const RESTART_DELAY_MS = 1000;
const FORCED_STOP_MS = 6000;

type PoolOptions = {
  database: Database;
  tasks: TaskList;
  concurrency: number;
  leaseMs: number;
  stopGraceMs: number;
  log: EngineLog;
};

/** A retired pool takes no more jobs; it lives on while some are being executed. */
type SupervisedPool = { worker: WorkerPool; executing: number; isRetired: boolean };

export type RunningPool = { stop(): Promise<void> };

/**
 * Runs graphile-worker's pool with a heartbeat. After trouble with the database a pool may stand still or never end its
 * shutdown; so the first failure retires it, a new one takes over, and what it leaves behind is released.
 */
export function startWorkerPool(options: PoolOptions): RunningPool {
  const { database, log } = options;
  const stopping = new AbortController();
  /** Outlives `stopping`: calls that are being executed while the engine stops must not be taken over. */
  const beating = new AbortController();
  const pools = new Set<SupervisedPool>();
  open();
  const heartbeat = beatUntilStopped();

  function open(): void {
    const events: WorkerEvents = new EventEmitter();
    const pool = runPool(options, events);
    pools.add(pool);
    pool.worker.promise.catch((error: unknown) => log.error({ err: error }, "worker pool ended"));
    events.on("worker:getJob:error", ({ error }) => {
      if (pool.isRetired || stopping.signal.aborted) return;
      log.warn({ err: error }, "worker pool cannot reach the database");
      Promise.resolve(pool.worker.gracefulShutdown()).catch(() => {});
    });
    events.once("pool:gracefulShutdown", () => {
      pool.isRetired = true;
      delay(RESTART_DELAY_MS, undefined, { signal: stopping.signal }).then(open, () => {});
    });
  }

  async function beatUntilStopped(): Promise<void> {
    while (!beating.signal.aborted) {
      try {
        for (const pool of pools) await beatOrLeave(pool);
        const dead = await releaseDeadPools(database, options.leaseMs);
        if (dead.length > 0) log.warn({ pools: dead }, "took over the jobs of silent worker pools");
      } catch (error) {
        log.warn({ err: error }, "heartbeat failed");
      }
      await delay(options.leaseMs / 3, undefined, { signal: beating.signal }).catch(() => {});
    }
  }

  async function beatOrLeave(pool: SupervisedPool): Promise<void> {
    const isOver = pool.isRetired && pool.executing === 0 && !stopping.signal.aborted;
    if (!isOver) return beat(database, pool.worker.id);
    await leave(database, pool.worker.id);
    pools.delete(pool);
  }

  return {
    async stop() {
      stopping.abort();
      await Promise.all([...pools].map((pool) => shutDown(pool.worker, options.stopGraceMs, log)));
      beating.abort();
      await heartbeat;
      for (const pool of pools) await leave(database, pool.worker.id);
    },
  };
}

function runPool({ concurrency, log, tasks, database }: PoolOptions, events: WorkerEvents): SupervisedPool {
  const counted: TaskList = {};
  for (const [name, task] of Object.entries(tasks)) {
    counted[name] = async (payload, helpers) => {
      pool.executing += 1;
      try {
        return await task?.(payload, helpers);
      } finally {
        pool.executing -= 1;
      }
    };
  }
  const settings = {
    concurrency,
    events,
    pollInterval: POLL_MS,
    // The process that owns the engine handles its signals and calls `stop`.
    noHandleSignals: true,
    // Without a batch, a lost connection while a job's end is noted is a rejection that nobody handles.
    preset: { worker: { completeJobBatchDelay: NOTE_ENDS_AFTER_MS, failJobBatchDelay: 0 } },
    logger: new Logger(() => (level, message) => log[LOG_METHODS[level]]({}, message)),
  };
  const pool = { worker: runTaskList(settings, counted, database.pool), executing: 0, isRetired: false };
  return pool;
}

async function shutDown(worker: WorkerPool, graceMs: number, log: EngineLog): Promise<void> {
  if (await endsWithin(Promise.resolve(worker.gracefulShutdown()), graceMs)) return;
  log.warn({ pool: worker.id }, "calls that did not end in time are handed back");
  await endsWithin(Promise.resolve(worker.forcefulShutdown("the engine stops")), FORCED_STOP_MS);
}

/** Whether the promise settles, either way, in time. */
async function endsWithin(ending: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  const settled = ending.then(
    () => true,
    () => true,
  );
  const expired = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const hasSettled = await Promise.race([settled, expired]);
  timer.abort();
  return hasSettled;
}
