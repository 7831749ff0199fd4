import { and, eq, lt, or } from "drizzle-orm";
import { activationRequests } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { closeTask, openTask } from "@/lib/platform/task/open-task";
import { listOpenSubjects } from "./open-subjects";

/** Four times as long as the sweep waits before it revives one: it has been revived several times by then. */
const STUCK_AFTER_MS = 60 * 60_000;

/** Requests that reviving did not help are named; those that went on since are closed. Returns how many are stuck. */
export async function openTasksForStuckRequests(tx: SystemTransaction, now: Date): Promise<number> {
  const longAgo = new Date(now.getTime() - STUCK_AFTER_MS);
  const stuck = await tx
    .select({ subjectId: activationRequests.id, integrationId: activationRequests.integrationId })
    .from(activationRequests)
    .where(
      or(
        and(eq(activationRequests.state, "processing"), lt(activationRequests.updatedAt, longAgo)),
        and(eq(activationRequests.state, "awaiting_partner"), lt(activationRequests.deadlineAt, longAgo)),
      ),
    );
  for (const request of stuck) await openTask(tx, { kind: "request_stuck", ...request });
  const still = new Set(stuck.map(({ subjectId }) => subjectId));
  for (const id of await listOpenSubjects(tx, "request_stuck"))
    if (!still.has(id)) await closeTask(tx, "request_stuck", id);
  return stuck.length;
}
