import { and, eq } from "drizzle-orm";
import { invitations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { invitationMachine } from "./rules";

/** Ends an invitation before anybody accepted it. Throws `conflict` when it is no longer open. */
export async function withdrawInvitation(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  invitationId: string,
): Promise<void> {
  const [withdrawn] = await tx
    .update(invitations)
    .set({ state: invitationMachine.advance("open", "withdraw"), endedAt: new Date() })
    .where(and(eq(invitations.id, invitationId), eq(invitations.state, "open")))
    .returning({ id: invitations.id });
  if (!withdrawn) throw new AppError("conflict", "invitation");
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    action: "invitation.withdraw",
    subject: { kind: "invitation", id: invitationId },
  });
}
