import { and, eq, lt } from "drizzle-orm";
import { invitations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { endedInvitationsLastUntil, invitationMachine } from "./rules";

/** Ends invitations that nobody accepted in time, and deletes those that ended long ago. Returns how many ended. */
export async function sweepInvitations(tx: SystemTransaction, now: Date): Promise<number> {
  const expired = await tx
    .update(invitations)
    .set({ state: invitationMachine.advance("open", "expire"), endedAt: now })
    .where(and(eq(invitations.state, "open"), lt(invitations.expiresAt, now)))
    .returning({ id: invitations.id });
  await tx.delete(invitations).where(lt(invitations.endedAt, endedInvitationsLastUntil(now)));
  return expired.length;
}
