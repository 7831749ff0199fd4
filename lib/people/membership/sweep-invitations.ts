import { and, eq, inArray, lt, type SQL } from "drizzle-orm";
import { invitations, outboxMails, partnerInvitations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { endedInvitationsLastUntil, invitationMachine } from "./rules";

/** Ends invitations that nobody accepted in time, and deletes those that ended long ago. Returns how many ended. */
export async function sweepInvitations(tx: SystemTransaction, now: Date): Promise<number> {
  const counts = [
    await expireInvitations(tx, invitations, now),
    await expireInvitations(tx, partnerInvitations, now),
  ];
  const before = endedInvitationsLastUntil(now);
  await deleteInvitations(tx, lt(invitations.endedAt, before));
  await deletePartnerInvitations(tx, lt(partnerInvitations.endedAt, before));
  return counts.reduce((sum, count) => sum + count);
}

async function expireInvitations(
  tx: SystemTransaction,
  table: typeof invitations | typeof partnerInvitations,
  now: Date,
): Promise<number> {
  const expired = await tx
    .update(table)
    .set({ state: invitationMachine.advance("open", "expire"), endedAt: now })
    .where(and(eq(table.state, "open"), lt(table.expiresAt, now)))
    .returning({ id: table.id });
  return expired.length;
}

/** With the mails that carried them: nothing else would tell whose addresses those hold. */
export async function deleteInvitations(tx: SystemTransaction, which: SQL | undefined): Promise<void> {
  const deleted = await tx.delete(invitations).where(which).returning({ id: invitations.id });
  await deleteMails(tx, "invitation", deleted);
}

/** Invitations into partners, with their mails for the same reason. */
export async function deletePartnerInvitations(tx: SystemTransaction, which: SQL | undefined): Promise<void> {
  const deleted = await tx.delete(partnerInvitations).where(which).returning({ id: partnerInvitations.id });
  await deleteMails(tx, "partner_invitation", deleted);
}

async function deleteMails(
  tx: SystemTransaction,
  kind: "invitation" | "partner_invitation",
  subjects: { id: string }[],
): Promise<void> {
  if (subjects.length === 0) return;
  const ids = subjects.map(({ id }) => id);
  await tx.delete(outboxMails).where(and(eq(outboxMails.kind, kind), inArray(outboxMails.subjectId, ids)));
}
