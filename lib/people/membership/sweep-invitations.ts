import { and, eq, inArray, lt, type SQL } from "drizzle-orm";
import { invitations, outboxMails } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { endedInvitationsLastUntil, invitationMachine } from "./rules";

/** Ends invitations that nobody accepted in time, and deletes those that ended long ago. Returns how many ended. */
export async function sweepInvitations(tx: SystemTransaction, now: Date): Promise<number> {
  const expired = await tx
    .update(invitations)
    .set({ state: invitationMachine.advance("open", "expire"), endedAt: now })
    .where(and(eq(invitations.state, "open"), lt(invitations.expiresAt, now)))
    .returning({ id: invitations.id });
  await deleteInvitations(tx, lt(invitations.endedAt, endedInvitationsLastUntil(now)));
  return expired.length;
}

/** With the mails that carried them: nothing else would tell whose addresses those hold. */
export async function deleteInvitations(tx: SystemTransaction, which: SQL | undefined): Promise<void> {
  const deleted = await tx.delete(invitations).where(which).returning({ id: invitations.id });
  const ids = deleted.map(({ id }) => id);
  if (ids.length > 0)
    await tx
      .delete(outboxMails)
      .where(and(eq(outboxMails.kind, "invitation"), inArray(outboxMails.subjectId, ids)));
}
