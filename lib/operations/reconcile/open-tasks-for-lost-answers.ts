import { and, eq, sql } from "drizzle-orm";
import { activations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { closeTask, openTask } from "@/lib/platform/task/open-task";
import { listOpenSubjects } from "./open-subjects";

/**
 * Each activation of which it is not known what the vendor did has had a task. Those of activations that have been
 * recovered since are over. Returns how many were opened.
 */
export async function openTasksForLostAnswers(tx: SystemTransaction): Promise<number> {
  const unnamed = await tx
    .select({ subjectId: activations.id, integrationId: activations.integrationId })
    .from(activations)
    .where(
      and(
        eq(activations.state, "failed"),
        eq(activations.failureReason, "needs_recovery"),
        sql`not exists (select from tasks t where t.kind = 'answer_lost' and t.subject_id = ${activations.id})`,
      ),
    );
  for (const activation of unnamed) await openTask(tx, { kind: "answer_lost", ...activation });
  for (const id of await listOpenSubjects(tx, "answer_lost")) {
    const [activation] = await tx
      .select({ reason: activations.failureReason })
      .from(activations)
      .where(eq(activations.id, id));
    if (activation?.reason !== "needs_recovery") await closeTask(tx, "answer_lost", id);
  }
  return unnamed.length;
}
