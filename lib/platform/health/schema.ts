export type Check = "ok" | "failed" | "unknown";

/**
 * `ready`: all is well. `degraded`: pages are served and decisions taken, but work waits. `not_ready`: requests cannot be
 * served truly.
 */
export type Health = {
  status: "ready" | "degraded" | "not_ready";
  /** By how much this process's clock is behind the database's; null when it cannot be asked. */
  clockOffsetMs: number | null;
  checks: {
    /** Answers, by a login that row-level security binds. */
    database: Check;
    /** As new as this program. */
    migrations: Check;
    /** Nothing in it that is for trying out only. */
    data: Check;
    /** This process's clock agrees with the database's. */
    clock: Check;
    /** A worker was seen within a minute. */
    worker: Check;
    /** No mail and no event waits for longer than a quarter of an hour. */
    queues: Check;
  };
};
