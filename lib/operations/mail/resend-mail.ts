import { eq } from "drizzle-orm";
import { outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { requeueMail } from "@/lib/platform/outbox/requeue-mail";

type Operator = ScopedTransaction<"operator">;

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
