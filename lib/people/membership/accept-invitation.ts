import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { invitations, memberships, requestGuests, users } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { invitationMachine } from "./rules";

export type AcceptedInvitation = {
  accountId: string;
  draftId: string | null;
  /** The viewer has that draft in hand and is no member. */
  isGuest: boolean;
};

/**
 * Makes the viewer a guest of the one request that the token hands over, or, where that was chosen, a member of the account,
 * which becomes the active one. A member stays one whatever the invitation gives. Once; throws
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
        access: invitations.access,
        invitedBy: invitations.invitedBy,
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
    const isGuest = await joinAs(tx, viewer, invitation);
    await tx
      .update(invitations)
      .set({
        state: invitationMachine.advance("open", "accept"),
        acceptedBy: viewer.userId,
        endedAt: new Date(),
      })
      .where(eq(invitations.id, invitation.id));
    if (!isGuest)
      await tx.update(users).set({ activeAccountId: accountId }).where(eq(users.id, viewer.userId));
    await writeAudit(tx, {
      actor: { kind: "user", userId: viewer.userId },
      accountId,
      action: "invitation.accept",
      subject: { kind: "invitation", id: invitation.id },
      detail: { access: isGuest ? "request" : "account" },
    });
    return { accountId, draftId, isGuest };
  });
}

/** Whether the viewer came in as a guest. */
async function joinAs(
  tx: ScopedTransaction<"auth">,
  { userId }: Viewer,
  {
    accountId,
    draftId,
    access,
    invitedBy,
  }: Pick<typeof invitations.$inferSelect, "accountId" | "draftId" | "access" | "invitedBy">,
): Promise<boolean> {
  const [member] = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.userId, userId)));
  if (member) return false;
  if (access === "account" || draftId === null) {
    await tx.insert(memberships).values({ accountId, userId }).onConflictDoNothing();
    // Who is in the account sees the request as every member does.
    await tx
      .update(requestGuests)
      .set({ endedAt: new Date() })
      .where(
        and(
          eq(requestGuests.accountId, accountId),
          eq(requestGuests.userId, userId),
          isNull(requestGuests.endedAt),
        ),
      );
    return false;
  }
  // A second hand-over of the same draft is from the one who sent it last.
  await tx
    .insert(requestGuests)
    .values({ accountId, draftId, userId, invitedBy })
    .onConflictDoUpdate({
      target: [requestGuests.draftId, requestGuests.userId],
      targetWhere: sql`ended_at is null`,
      set: { invitedBy, openedAt: new Date() },
    });
  return true;
}
