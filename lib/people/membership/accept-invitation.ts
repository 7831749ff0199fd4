import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { invitations, memberships, users } from "@/db/schema";
import { withScope } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { invitationMachine } from "./rules";

export type AcceptedInvitation = { accountId: string; draftId: string | null };

/**
 * Makes the viewer a member of the account that the token invites into, and that account the active one. Once; throws
 * `gone` when it is used, withdrawn, expired or unknown, and `forbidden` for anybody but the invited address.
 */
export async function acceptInvitation(
  database: Database,
  viewer: Viewer,
  token: string,
): Promise<AcceptedInvitation> {
  return await withScope(database, { kind: "auth", keyHash: sha256(token) }, async (tx) => {
    const [invitation] = await tx
      .select({
        id: invitations.id,
        accountId: invitations.accountId,
        draftId: invitations.draftId,
        email: invitations.email,
        state: invitations.state,
        isExpired: sql<boolean>`${invitations.expiresAt} <= now()`,
      })
      .from(invitations)
      .where(sql`${invitations.tokenHash} = kytkin.key_hash()`)
      .for("update");
    if (invitation?.state !== "open" || invitation.isExpired) throw new AppError("gone", "invitation");
    if (invitation.email !== viewer.email) throw new AppError("forbidden", "invitation of another address");
    const { accountId, draftId } = invitation;
    await tx.insert(memberships).values({ accountId, userId: viewer.userId }).onConflictDoNothing();
    await tx
      .update(invitations)
      .set({
        state: invitationMachine.advance("open", "accept"),
        acceptedBy: viewer.userId,
        endedAt: new Date(),
      })
      .where(eq(invitations.id, invitation.id));
    await tx.update(users).set({ activeAccountId: accountId }).where(eq(users.id, viewer.userId));
    await writeAudit(tx, {
      actor: { kind: "user", userId: viewer.userId },
      accountId,
      action: "invitation.accept",
      subject: { kind: "invitation", id: invitation.id },
    });
    return { accountId, draftId };
  });
}
