import { and, eq, isNull } from "drizzle-orm";
import { emailChanges } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { emailChangeExpiry } from "./rules";

/**
 * Asks at the new address whether the person may sign in by it; nothing changes before. A newer wish ends the older one.
 * Whether the address is anybody else's is not looked at here: the answer is the same. Throws `conflict` for one's own.
 */
export async function requestEmailChange(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  email: string,
): Promise<void> {
  if (email === viewer.email) throw new AppError("conflict", "the same address");
  await endOpenChange(tx, viewer);
  const [change] = await tx
    .insert(emailChanges)
    .values({
      userId: viewer.userId,
      oldEmail: viewer.email,
      newEmail: email,
      expiresAt: emailChangeExpiry(new Date()),
    })
    .returning({ id: emailChanges.id });
  if (!change) throw new AppError("conflict", "email change");
  await queueMail(tx, {
    kind: "email_change",
    subjectId: change.id,
    accountId: viewer.accountId,
    recipient: email,
    locale: viewer.locale,
  });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: "email.change_request",
    subject: { kind: "email_change", id: change.id },
  });
}

/** Gives the wish up; nothing happens when there is none. */
export async function cancelEmailChange(tx: ScopedTransaction<"customer">, viewer: Viewer): Promise<void> {
  await endOpenChange(tx, viewer);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: "email.change_cancel",
    subject: { kind: "user", id: viewer.userId },
  });
}

async function endOpenChange(tx: ScopedTransaction<"customer">, viewer: Viewer): Promise<void> {
  await tx
    .update(emailChanges)
    .set({ endedAt: new Date() })
    .where(and(eq(emailChanges.userId, viewer.userId), isNull(emailChanges.endedAt)));
}
