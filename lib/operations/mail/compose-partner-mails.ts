import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { partnerApplications, partnerInvitations, partners, users } from "@/db/schema";
import { renderPartnerMail } from "@/emails/partner-mails";
import { randomToken, sha256 } from "@/lib/core/hash";
import { formatMoment } from "@/lib/platform/i18n/dates";
import { createFlowMailWords } from "@/lib/platform/i18n/messages";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { type Composed, localeOf, type MailRow } from "./mail-row";

/** The invitation with a fresh link, in the invited person's own language if they are known here. null when it has ended. */
export async function composePartnerInvitation(
  context: WorkerContext,
  mail: MailRow,
): Promise<Composed | null> {
  const invited = alias(users, "invited");
  const found = await asSystem(context, "compose mail", async (tx) => {
    const [row] = await tx
      .select({
        state: partnerInvitations.state,
        role: partnerInvitations.role,
        expiresAt: partnerInvitations.expiresAt,
        partner: partners.name,
        inviter: users.email,
        locale: invited.locale,
      })
      .from(partnerInvitations)
      .innerJoin(partners, eq(partners.id, partnerInvitations.partnerId))
      .innerJoin(users, eq(users.id, partnerInvitations.invitedBy))
      .leftJoin(invited, eq(invited.email, partnerInvitations.email))
      .where(eq(partnerInvitations.id, mail.subjectId));
    if (row?.state !== "open" || row.expiresAt <= new Date()) return null;
    // Only the newest mail's link works: its hash replaces the one before.
    const token = randomToken();
    await tx
      .update(partnerInvitations)
      .set({ tokenHash: sha256(token) })
      .where(eq(partnerInvitations.id, mail.subjectId));
    return { ...row, token };
  });
  if (!found) return null;
  const locale = localeOf({ locale: found.locale ?? mail.locale });
  const words = createFlowMailWords(locale);
  const { inviter, partner } = found;
  const deadline = formatMoment(locale, found.expiresAt);
  const rendered = renderPartnerMail({
    locale,
    words,
    kind: "partnerInvitation",
    values: { inviter, partner, role: words(`partnerInvitation.roles.${found.role}`) },
    url: `${context.publicUrl}/join/partner/open?token=${found.token}`,
    notes: [words("invitation.expires", { deadline }), words("invitation.ignore", { inviter })],
  });
  return { ...rendered, replyTo: inviter };
}

const APPLICATION_MAILS = {
  received: { state: "open", kind: "partnerReceived" },
  accepted: { state: "accepted", kind: "partnerAccepted" },
  refused: { state: "refused", kind: "partnerRefused" },
} as const;

/** What became of a request to become a partner. null when the request has moved on or is gone. */
export async function composePartnerApplication(
  context: WorkerContext,
  mail: MailRow,
): Promise<Composed | null> {
  const [, step] = /^partner_application_(received|accepted|refused)$/.exec(mail.kind) ?? [];
  if (step !== "received" && step !== "accepted" && step !== "refused") return null;
  const { state, kind } = APPLICATION_MAILS[step];
  const row = await asSystem(context, "compose mail", async (tx) => {
    const [found] = await tx
      .select({ application: partnerApplications, slug: partners.slug })
      .from(partnerApplications)
      .leftJoin(partners, eq(partners.id, partnerApplications.partnerId))
      .where(eq(partnerApplications.id, mail.subjectId));
    return found;
  });
  if (row?.application.state !== state) return null;
  const locale = localeOf(mail);
  return renderPartnerMail({
    locale,
    words: createFlowMailWords(locale),
    kind,
    values: { name: row.application.name, reason: row.application.reason ?? "" },
    url: `${context.publicUrl}${row.slug ? `/partner/${row.slug}` : "/partners"}`,
  });
}
