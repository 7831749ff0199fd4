import { and, eq } from "drizzle-orm";
import { accounts, invitations, memberships } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { invitationMachine } from "./rules";

/**
 * Takes somebody out of the viewer's account; the viewer's own id means leaving it. Sessions of the removed go on in their
 * other accounts, and the invitations that they sent from this one end. Throws `not_found` for nobody of the account and
 * `conflict` for its last member.
 */
export async function removeMember(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  userId: string,
): Promise<void> {
  // Two who remove each other at once come one after the other, so that somebody always stays.
  await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, viewer.accountId)).for("update");
  const members = await tx.select({ userId: memberships.userId }).from(memberships);
  if (!members.some((member) => member.userId === viewer.userId)) throw new AppError("not_found", "account");
  if (!members.some((member) => member.userId === userId)) throw new AppError("not_found", "member");
  if (members.length === 1) throw new AppError("conflict", "the last member");
  await tx
    .update(invitations)
    .set({ state: invitationMachine.advance("open", "withdraw"), endedAt: new Date() })
    .where(and(eq(invitations.invitedBy, userId), eq(invitations.state, "open")));
  await tx
    .delete(memberships)
    .where(and(eq(memberships.accountId, viewer.accountId), eq(memberships.userId, userId)));
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: userId === viewer.userId ? "member.leave" : "member.remove",
    subject: { kind: "user", id: userId },
  });
}
