import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { partnerInvitations, partnerMembers, partners } from "@/db/schema";
import { withScope } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { invitationMachine } from "@/lib/people/membership/rules";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/**
 * Makes the viewer a member of the partner that the token invites into, with the role of the invitation; gives the
 * partner's slug. Once; throws `gone` when it is used, withdrawn, expired or unknown, and `forbidden` for another address.
 */
export async function acceptMemberInvitation(
  database: Database,
  viewer: Viewer,
  token: string,
): Promise<string> {
  return await withScope(database, { kind: "auth", keyHash: sha256(token) }, async (tx) => {
    const [found] = await tx
      .select({
        id: partnerInvitations.id,
        partnerId: partnerInvitations.partnerId,
        slug: partners.slug,
        role: partnerInvitations.role,
        email: partnerInvitations.email,
        state: partnerInvitations.state,
        isExpired: sql<boolean>`${partnerInvitations.expiresAt} <= now()`,
      })
      .from(partnerInvitations)
      .innerJoin(partners, eq(partners.id, partnerInvitations.partnerId))
      .where(sql`${partnerInvitations.tokenHash} = kytkin.key_hash()`)
      .for("update", { of: partnerInvitations });
    if (found?.state !== "open" || found.isExpired) throw new AppError("gone", "invitation");
    if (found.email !== viewer.email) throw new AppError("forbidden", "invitation of another address");
    const { partnerId, role } = found;
    await tx.insert(partnerMembers).values({ partnerId, userId: viewer.userId, role }).onConflictDoNothing();
    await tx
      .update(partnerInvitations)
      .set({
        state: invitationMachine.advance("open", "accept"),
        acceptedBy: viewer.userId,
        endedAt: new Date(),
      })
      .where(eq(partnerInvitations.id, found.id));
    await writeAudit(tx, {
      actor: { kind: "user", userId: viewer.userId },
      partnerId,
      action: "partner_invitation.accept",
      subject: { kind: "partner_invitation", id: found.id },
      detail: { role },
    });
    return found.slug;
  });
}
