import { and, eq, sql } from "drizzle-orm";
import { accounts, emailChanges } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { queueMail } from "@/lib/platform/outbox/queue-mail";

/**
 * Gives the signed-in person their new address: they sign in by it from now on, their sessions elsewhere end, and the old
 * address is told, with a way back. Throws `gone` when the link is used, too old or another person's, or when the address
 * has an account meanwhile.
 */
export async function confirmEmailChange(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  token: string,
): Promise<void> {
  const [confirmed] = await tx.execute<{ id: string | null }>(
    sql`select kytkin.confirm_email_change(${sha256(token)}, ${viewer.sessionId}) as id`,
  );
  const id = confirmed?.id;
  if (!id) throw new AppError("gone", "email change");
  await renamePersonalAccount(tx, viewer, id);
  await queueMail(tx, {
    kind: "email_changed",
    subjectId: id,
    accountId: viewer.accountId,
    recipient: viewer.email,
    locale: viewer.locale,
  });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: "email.change",
    subject: { kind: "email_change", id },
  });
}

/** An account that is still called by the old address goes by the new one. */
async function renamePersonalAccount(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  changeId: string,
): Promise<void> {
  const [change] = await tx
    .select({ newEmail: emailChanges.newEmail })
    .from(emailChanges)
    .where(eq(emailChanges.id, changeId));
  if (!change) return;
  await tx
    .update(accounts)
    .set({ name: change.newEmail })
    .where(and(eq(accounts.id, viewer.accountId), eq(accounts.name, viewer.email)));
}
