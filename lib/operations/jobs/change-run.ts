import { sql } from "drizzle-orm";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { getRun, type Operator } from "./queries";

const CHANGES = { retry: sql.raw("engine_admin.retry_run"), cancel: sql.raw("engine_admin.cancel_run") };

/**
 * Has a run that failed or was cancelled go on where it ended, or ends one that is under way. Throws `not_found`, or
 * `conflict` when it is in no such state any more.
 */
export async function changeRun(
  tx: Operator,
  viewer: Viewer,
  { runId, change }: { runId: string; change: keyof typeof CHANGES },
): Promise<void> {
  const run = await getRun(tx, runId);
  const [row] = await tx.execute<{ done: boolean }>(sql`select ${CHANGES[change]}(${runId}) as done`);
  if (!row?.done) throw new AppError("conflict", `a run that is ${run.state} does not ${change}`);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: `run.${change}`,
    subject: { kind: "run", id: runId },
    detail: { functionId: run.functionId, subjects: run.subjects },
  });
}
