import { eq } from "drizzle-orm";
import { candidates, tasks } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { requeueMail } from "@/lib/platform/outbox/requeue-mail";
import type { TaskKind } from "@/lib/platform/task/schema";
import { lockOpenTask, type Operator } from "./queries";
import { canRetry, isRetryDue } from "./rules";

/** How each is tried again; whoever does it closes the task when it went well. */
const RETRIES: Partial<Record<TaskKind, (tx: Operator, subjectId: string) => Promise<void>>> = {
  release_refused: async (tx, candidateId) => {
    const [candidate] = await tx
      .select({ grantId: candidates.grantId })
      .from(candidates)
      .where(eq(candidates.id, candidateId));
    if (!candidate) throw new AppError("not_found", "candidate");
    await enqueueEvent(tx, "grant/release.wanted", { grantId: candidate.grantId });
  },
  mail_failed: requeueMail,
  request_stuck: (tx, requestId) => enqueueEvent(tx, "activation/request.submitted", { requestId }),
};

/**
 * Has the worker do once more what went wrong. Throws `not_found`; `conflict` when the task is over or nothing can be
 * repeated; `too_many_requests` within a minute of the last try.
 */
export async function retryTask(
  tx: Operator,
  viewer: Viewer,
  taskId: string,
  now = new Date(),
): Promise<void> {
  const task = await lockOpenTask(tx, taskId);
  const retry = RETRIES[task.kind];
  if (!retry || !canRetry(task)) throw new AppError("conflict", "nothing can be repeated");
  if (!isRetryDue(task.retriedAt, now)) throw new AppError("too_many_requests", "tried a moment ago");
  await tx.update(tasks).set({ retriedAt: now }).where(eq(tasks.id, task.id));
  await retry(tx, task.subjectId);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: "task.retry",
    subject: { kind: "task", id: task.id },
    detail: { kind: task.kind, subjectId: task.subjectId },
  });
}
