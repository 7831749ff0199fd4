import { eq } from "drizzle-orm";
import { invitations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { randomToken, sha256 } from "@/lib/core/hash";

/** A fresh token for the mail to the invited. Only its hash is kept; an earlier one ends. */
export async function mintInvitationToken(tx: SystemTransaction, invitationId: string): Promise<string> {
  const token = randomToken();
  await tx
    .update(invitations)
    .set({ tokenHash: sha256(token) })
    .where(eq(invitations.id, invitationId));
  return token;
}
