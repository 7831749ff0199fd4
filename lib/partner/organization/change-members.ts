import { and, eq, sql } from "drizzle-orm";
import { partnerInvitations, partnerMembers } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { invitationMachine } from "@/lib/people/membership/rules";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { assertMay } from "./assert-may";
import type { PartnerRole } from "./roles";
import type { PartnerMember } from "./schema";

type Partner = ScopedTransaction<"partner">;

/** The members as they are, while nobody else changes them: two owners who remove each other come one after the other. */
async function lockMembers(tx: Partner, member: PartnerMember) {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`partner_members:${member.partnerId}`}, 0))`,
  );
  const members = await tx
    .select({ userId: partnerMembers.userId, role: partnerMembers.role })
    .from(partnerMembers);
  const self = members.find((one) => one.userId === member.userId);
  if (!self) throw new AppError("not_found", "partner");
  return { members, self };
}

/** Throws `conflict` where no owner would be left. */
function assertOwnerStays(members: { userId: string; role: PartnerRole }[], goneId: string): void {
  if (!members.some(({ userId, role }) => role === "owner" && userId !== goneId))
    throw new AppError("conflict", "the last owner");
}

/** Gives a member another role. Throws `forbidden`, `not_found` for nobody of the partner, `conflict` for its last owner. */
export async function changeRole(
  tx: Partner,
  member: PartnerMember,
  { userId, role }: { userId: string; role: PartnerRole },
): Promise<void> {
  const { members, self } = await lockMembers(tx, member);
  assertMay(self, "members.manage");
  const target = members.find((one) => one.userId === userId);
  if (!target) throw new AppError("not_found", "member");
  if (target.role === role) return;
  if (target.role === "owner") assertOwnerStays(members, userId);
  await tx
    .update(partnerMembers)
    .set({ role })
    .where(and(eq(partnerMembers.partnerId, member.partnerId), eq(partnerMembers.userId, userId)));
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "partner_member.role",
    subject: { kind: "user", id: userId },
    detail: { from: target.role, to: role },
  });
}

/**
 * Takes somebody out of the partner; one's own id means leaving, which every role may. Access ends with the row: the next
 * request finds no partner, and open streams are told. Throws `forbidden`, `not_found`, or `conflict` for the last owner.
 */
export async function removePartnerMember(tx: Partner, member: PartnerMember, userId: string): Promise<void> {
  const { members, self } = await lockMembers(tx, member);
  if (userId !== member.userId) assertMay(self, "members.manage");
  const target = members.find((one) => one.userId === userId);
  if (!target) throw new AppError("not_found", "member");
  if (target.role === "owner") assertOwnerStays(members, userId);
  if (self.role === "owner")
    await tx
      .update(partnerInvitations)
      .set({ state: invitationMachine.advance("open", "withdraw"), endedAt: new Date() })
      .where(and(eq(partnerInvitations.invitedBy, userId), eq(partnerInvitations.state, "open")));
  // Written first: a person who leaves has no right to write afterwards.
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: userId === member.userId ? "partner_member.leave" : "partner_member.remove",
    subject: { kind: "user", id: userId },
    detail: { role: target.role },
  });
  const gone = await tx
    .delete(partnerMembers)
    .where(and(eq(partnerMembers.partnerId, member.partnerId), eq(partnerMembers.userId, userId)))
    .returning({ userId: partnerMembers.userId });
  if (gone.length === 0) throw new AppError("not_found", "member");
}
