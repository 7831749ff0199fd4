import { and, eq, sql } from "drizzle-orm";
import { partnerInvitations, partnerMembers, users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { invitationExpiry, invitationMachine, MEMBER_LIMIT } from "@/lib/people/membership/rules";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { assertMay } from "./assert-may";
import type { PartnerRole } from "./roles";
import type { PartnerMember } from "./schema";

type Partner = ScopedTransaction<"partner">;

/**
 * Invites somebody into the partner with a role, by a one-time link. An open invitation of the same address is replaced,
 * and its link ends. Throws `forbidden` for who is no owner, `conflict` for a member and when the partner is full.
 */
export async function inviteMember(
  tx: Partner,
  member: PartnerMember,
  { email, role }: { email: string; role: PartnerRole },
): Promise<void> {
  assertMay(member, "members.manage");
  await assertCanBeAsked(tx, email);
  const now = new Date();
  await tx
    .update(partnerInvitations)
    .set({ state: invitationMachine.advance("open", "withdraw"), endedAt: now })
    .where(and(eq(partnerInvitations.email, email), eq(partnerInvitations.state, "open")));
  const [invitation] = await tx
    .insert(partnerInvitations)
    .values({
      partnerId: member.partnerId,
      email,
      role,
      state: invitationMachine.advance(null, "invite"),
      invitedBy: member.userId,
      expiresAt: invitationExpiry(now),
    })
    .returning({ id: partnerInvitations.id });
  if (!invitation) throw new AppError("conflict", "invitation");
  await queueMail(tx, {
    kind: "partner_invitation",
    subjectId: invitation.id,
    partnerId: member.partnerId,
    recipient: email,
    locale: member.locale,
  });
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "partner_invitation.create",
    subject: { kind: "partner_invitation", id: invitation.id },
    detail: { role },
  });
}

async function assertCanBeAsked(tx: Partner, email: string): Promise<void> {
  const members = await tx
    .select({ email: users.email })
    .from(partnerMembers)
    .innerJoin(users, eq(users.id, partnerMembers.userId));
  if (members.some((one) => one.email === email)) throw new AppError("conflict", "a member already");
  const [open] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(partnerInvitations)
    .where(eq(partnerInvitations.state, "open"));
  if (members.length + (open?.count ?? 0) >= MEMBER_LIMIT)
    throw new AppError("conflict", "the partner is full");
}

/** Ends an invitation before it was accepted. Throws `forbidden`, or `conflict` when it is no longer open. */
export async function withdrawMemberInvitation(
  tx: Partner,
  member: PartnerMember,
  invitationId: string,
): Promise<void> {
  assertMay(member, "members.manage");
  const [withdrawn] = await tx
    .update(partnerInvitations)
    .set({ state: invitationMachine.advance("open", "withdraw"), endedAt: new Date() })
    .where(and(eq(partnerInvitations.id, invitationId), eq(partnerInvitations.state, "open")))
    .returning({ id: partnerInvitations.id });
  if (!withdrawn) throw new AppError("conflict", "invitation");
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "partner_invitation.withdraw",
    subject: { kind: "partner_invitation", id: invitationId },
  });
}
