import { gt, sql } from "drizzle-orm";
import { workerProcesses } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { SILENT_AFTER_MS } from "./rules";

export type RunningWorker = { keyIds: string[]; clockOffsetMs: number; startedAt: Date; seenAt: Date };

/** Workers that told within the last minute that they live, the oldest first. */
export async function listRunningWorkers(
  tx: ScopedTransaction<"system"> | ScopedTransaction<"operator">,
): Promise<RunningWorker[]> {
  const { keyIds, clockOffsetMs, startedAt, seenAt } = workerProcesses;
  return tx
    .select({ keyIds, clockOffsetMs, startedAt, seenAt })
    .from(workerProcesses)
    .where(gt(seenAt, sql`now() - make_interval(secs => ${SILENT_AFTER_MS / 1000})`))
    .orderBy(startedAt);
}
