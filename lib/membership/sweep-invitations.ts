import { and, eq, lt } from "drizzle-orm";
import { invitations, partnerInvitations } from "@/db/schema";
import type { SystemTransaction } from "@/lib/seal/data-key";
import { endedInvitationsLastUntil, invitationMachine } from "./rules";

/** Ends invitations that nobody accepted in time, and deletes those that ended long ago. Returns how many ended. */
export async function sweepInvitations(tx: SystemTransaction, now: Date): Promise<number> {
  const counts = [await sweepTable(tx, invitations, now), await sweepTable(tx, partnerInvitations, now)];
  return counts.reduce((sum, count) => sum + count);
}

async function sweepTable(
  tx: SystemTransaction,
  table: typeof invitations | typeof partnerInvitations,
  now: Date,
): Promise<number> {
  const expired = await tx
    .update(table)
    .set({ state: invitationMachine.advance("open", "expire"), endedAt: now })
    .where(and(eq(table.state, "open"), lt(table.expiresAt, now)))
    .returning({ id: table.id });
  await tx.delete(table).where(lt(table.endedAt, endedInvitationsLastUntil(now)));
  return expired.length;
}
