import { eq } from "drizzle-orm";
import { emailChanges, users } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { renderEmailChangeMail } from "@/emails/email-change-mail";
import { maskEmail } from "@/lib/core/mask-email";
import { mintChangeToken } from "@/lib/people/profile/mint-change-token";
import { formatMoment } from "@/lib/platform/i18n/dates";
import { createFlowMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type Composed, localeOf, type MailRow } from "./mail-row";

async function findChange(tx: SystemTransaction, id: string) {
  const [change] = await tx.select().from(emailChanges).where(eq(emailChanges.id, id));
  return change ?? null;
}

/**
 * Asks at the new address. Where that address has an account of its own the mail says so instead: the person who asked is
 * never told, so that nobody can find out who is here.
 */
export async function composeEmailChange(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const found = await asSystem(context, "compose mail", async (tx) => {
    const change = await findChange(tx, mail.subjectId);
    if (!change || change.endedAt !== null || change.expiresAt <= new Date()) return null;
    const [holder] = await tx.select({ id: users.id }).from(users).where(eq(users.email, change.newEmail));
    return { change, token: holder ? null : await mintChangeToken(tx, change.id, "tokenHash") };
  });
  if (!found) return null;
  const { change, token } = found;
  const locale = localeOf(mail);
  return renderEmailChangeMail({
    locale,
    words: createFlowMailWords(locale),
    kind: token ? "emailChange" : "emailChangeTaken",
    oldEmail: maskEmail(change.oldEmail),
    newEmail: change.newEmail,
    url: token ? `${context.publicUrl}/account/email/open?token=${token}` : `${context.publicUrl}/sign-in`,
    deadline: formatMoment(locale, change.expiresAt),
  });
}

/** Tells the old address, with the way back. */
export async function composeEmailChanged(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const found = await asSystem(context, "compose mail", async (tx) => {
    const change = await findChange(tx, mail.subjectId);
    if (!change?.undoUntil || change.undoneAt !== null) return null;
    const token = await mintChangeToken(tx, change.id, "undoTokenHash");
    return { ...change, undoUntil: change.undoUntil, token };
  });
  if (!found) return null;
  const locale = localeOf(mail);
  return renderEmailChangeMail({
    locale,
    words: createFlowMailWords(locale),
    kind: "emailChanged",
    oldEmail: found.oldEmail,
    newEmail: maskEmail(found.newEmail),
    url: `${context.publicUrl}/account/email/open?token=${found.token}`,
    deadline: formatMoment(locale, found.undoUntil),
  });
}
