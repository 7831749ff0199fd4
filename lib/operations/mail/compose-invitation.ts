import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { accounts, drafts, invitations, specifications, users } from "@/db/schema";
import { renderInvitationMail } from "@/emails/invitation-mail";
import { readShown } from "@/lib/catalogue/integration/read-content";
import { mintInvitationToken } from "@/lib/people/membership/mint-invitation-token";
import { formatMoment } from "@/lib/platform/i18n/dates";
import { createFlowMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type Composed, localeOf, type MailRow } from "./mail-row";

/** The invitation with a fresh link, in the invited person's own language if they are known here. null when it has ended. */
export async function composeInvitation(context: WorkerContext, mail: MailRow): Promise<Composed | null> {
  const invited = alias(users, "invited");
  const found = await asSystem(context, "compose mail", async (tx) => {
    const [row] = await tx
      .select({
        state: invitations.state,
        access: invitations.access,
        expiresAt: invitations.expiresAt,
        account: accounts.name,
        inviter: users.email,
        content: specifications.content,
        locale: invited.locale,
      })
      .from(invitations)
      .innerJoin(accounts, eq(accounts.id, invitations.accountId))
      .innerJoin(users, eq(users.id, invitations.invitedBy))
      .leftJoin(invited, eq(invited.email, invitations.email))
      .leftJoin(drafts, eq(drafts.id, invitations.draftId))
      .leftJoin(specifications, eq(specifications.id, drafts.specificationId))
      .where(eq(invitations.id, mail.subjectId));
    if (row?.state !== "open" || row.expiresAt <= new Date()) return null;
    return { ...row, token: await mintInvitationToken(tx, mail.subjectId) };
  });
  if (!found) return null;
  const locale = localeOf({ locale: found.locale ?? mail.locale });
  const rendered = renderInvitationMail({
    locale,
    words: createFlowMailWords(locale),
    inviter: found.inviter,
    account: found.account,
    integration: found.content && readShown(found.content, locale).name,
    isAlone: found.access === "request",
    joinUrl: `${context.publicUrl}/join/open?token=${found.token}`,
    deadline: formatMoment(locale, found.expiresAt),
  });
  return { ...rendered, replyTo: found.inviter };
}
