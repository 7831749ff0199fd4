import { and, eq } from "drizzle-orm";
import { outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import { AppError } from "@/lib/core/app-error";
import { enqueueEvent } from "./enqueue-event";

type Operator = ScopedTransaction<"operator">;
type Resender = Operator | ScopedTransaction<"partner">;

/** Queues a mail anew that was given up. Throws `conflict` when it is in any other state. */
export async function requeueMail(tx: Resender, mailId: string): Promise<void> {
  const requeued = await tx
    .update(outboxMails)
    .set({ state: "queued" })
    .where(and(eq(outboxMails.id, mailId), eq(outboxMails.state, "failed")))
    .returning({ id: outboxMails.id });
  if (requeued.length === 0) throw new AppError("conflict", "the mail is not one that failed");
  await enqueueEvent(tx, "mail/queued", { mailId });
}

/** Has a mail that failed sent again, at an operator's request. Throws `not_found` or `conflict`. */
export async function resendMail(tx: Operator, viewer: Viewer, mailId: string): Promise<void> {
  const [mail] = await tx.select({ id: outboxMails.id }).from(outboxMails).where(eq(outboxMails.id, mailId));
  if (!mail) throw new AppError("not_found", "mail");
  await requeueMail(tx, mailId);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: "mail.resend",
    subject: { kind: "mail", id: mailId },
  });
}
