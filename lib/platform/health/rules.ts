import type { Check, Health } from "./schema";

export type Observation = {
  isDatabaseFit: boolean;
  /** A replica, or a database that its administrator or a full disk made read-only: no page can keep anything. */
  isReadOnly: boolean;
  /** Unix milliseconds of the newest migration in the database and in this program. */
  migratedAt: number;
  newestMigration: number;
  clockOffsetMs: number;
  isClockFit: boolean;
  isDemo: boolean;
  demoTraces: number;
  liveWorkers: number;
  /** How long the oldest mail and event wait. */
  mailWaitsSeconds: number;
  eventWaitsSeconds: number;
};

const LONGEST_WAIT_SECONDS = 15 * 60;
const check = (isOk: boolean): Check => (isOk ? "ok" : "failed");

/** null: the database did not answer. */
export function judge(seen: Observation | null): Health {
  if (seen === null)
    return {
      status: "not_ready",
      clockOffsetMs: null,
      checks: {
        database: "failed",
        migrations: "unknown",
        data: "unknown",
        clock: "unknown",
        worker: "unknown",
        queues: "unknown",
      },
    };
  const checks = {
    database: check(seen.isDatabaseFit && !seen.isReadOnly),
    migrations: check(seen.migratedAt >= seen.newestMigration),
    data: check(seen.isDemo || seen.demoTraces === 0),
    clock: check(seen.isClockFit),
    worker: check(seen.liveWorkers > 0),
    queues: check(Math.max(seen.mailWaitsSeconds, seen.eventWaitsSeconds) < LONGEST_WAIT_SECONDS),
  };
  const canServe = [checks.database, checks.migrations, checks.data, checks.clock].every(
    (one) => one === "ok",
  );
  const isWorking = [checks.worker, checks.queues].every((one) => one === "ok");
  return {
    status: canServe ? (isWorking ? "ready" : "degraded") : "not_ready",
    clockOffsetMs: seen.clockOffsetMs,
    checks,
  };
}
