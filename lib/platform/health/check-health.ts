import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";
import { assertSafeLogin, withScope } from "@/db/scope";
import { log } from "@/lib/platform/log";
import { measureClock } from "@/lib/platform/worker-process/measure-clock";
import { judgeClock } from "@/lib/platform/worker-process/rules";
import { listDemoTraces } from "./demo-traces";
import { judge, type Observation } from "./rules";
import type { Health } from "./schema";

type Row = {
  migrated_at: number | null;
  live_workers: number;
  mail_waits_seconds: number;
  event_waits_seconds: number;
  is_read_only: boolean;
};

const newestMigration = Math.max(...journal.entries.map(({ when }) => when));

/** How this installation fares, as the web process sees it. */
export async function checkHealth(database: Database, isDemo: boolean): Promise<Health> {
  return judge(
    await observe(database, isDemo).catch((error: unknown) => {
      log.error({ err: error }, "the database cannot be asked");
      return null;
    }),
  );
}

async function observe(database: Database, isDemo: boolean): Promise<Observation> {
  const isDatabaseFit = await assertSafeLogin(database).then(
    () => true,
    (error: unknown) => {
      log.error({ err: error }, "the database's login is not fit");
      return false;
    },
  );
  const clockOffsetMs = await measureClock(database);
  const verdict = judgeClock(clockOffsetMs);
  if (verdict !== "fine") log.warn({ clockOffsetMs }, "this machine's clock is off the database's");
  const [row] = await withScope(database, { kind: "auth" }, (tx) =>
    tx.execute<Row>(
      sql`select *, current_setting('transaction_read_only') = 'on' or pg_is_in_recovery() as is_read_only from kytkin.health()`,
    ),
  );
  return {
    isDatabaseFit,
    isReadOnly: row?.is_read_only ?? false,
    migratedAt: row?.migrated_at ?? 0,
    newestMigration,
    clockOffsetMs,
    isClockFit: verdict !== "unfit",
    isDemo,
    demoTraces: (await withScope(database, { kind: "auth" }, listDemoTraces)).length,
    liveWorkers: row?.live_workers ?? 0,
    mailWaitsSeconds: row?.mail_waits_seconds ?? 0,
    eventWaitsSeconds: row?.event_waits_seconds ?? 0,
  };
}
