import { eq } from "drizzle-orm";
import { tasks } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { lockOpenTask, type Operator } from "./queries";

/**
 * Ends a task by a person who says what was done. Throws `not_found`, or `conflict` when it is over already. Trouble
 * that is still there is found again, and is a new task then.
 */
export async function resolveTask(
  tx: Operator,
  viewer: Viewer,
  { taskId, resolution }: { taskId: string; resolution: string },
): Promise<void> {
  const task = await lockOpenTask(tx, taskId);
  await tx
    .update(tasks)
    .set({ resolvedAt: new Date(), resolvedBy: viewer.userId, resolution })
    .where(eq(tasks.id, task.id));
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: "task.resolve",
    subject: { kind: "task", id: task.id },
    detail: { kind: task.kind, subjectId: task.subjectId, resolution },
  });
}
