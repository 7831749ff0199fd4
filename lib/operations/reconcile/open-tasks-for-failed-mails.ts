import { and, eq, inArray, sql } from "drizzle-orm";
import { outboxMails } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { closeTask, openTask } from "@/lib/platform/task/open-task";
import { listOpenSubjects } from "./open-subjects";

/** Each mail that failed has had a task; those of mails that went out since are over. Returns how many were opened. */
export async function openTasksForFailedMails(tx: SystemTransaction): Promise<number> {
  const unnamed = await tx
    .select({ id: outboxMails.id })
    .from(outboxMails)
    .where(
      and(
        eq(outboxMails.state, "failed"),
        sql`not exists (select from tasks t where t.kind = 'mail_failed' and t.subject_id = ${outboxMails.id})`,
      ),
    );
  for (const { id } of unnamed) await openTask(tx, { kind: "mail_failed", subjectId: id });
  const open = await listOpenSubjects(tx, "mail_failed");
  const undelivered = await tx
    .select({ id: outboxMails.id })
    .from(outboxMails)
    .where(and(inArray(outboxMails.id, open), inArray(outboxMails.state, ["queued", "failed"])));
  const still = new Set(undelivered.map(({ id }) => id));
  for (const id of open) if (!still.has(id)) await closeTask(tx, "mail_failed", id);
  return unnamed.length;
}
