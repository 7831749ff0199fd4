import { and, eq, inArray, isNotNull, ne } from "drizzle-orm";
import { emailChanges, users } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";

/**
 * The person's present address, and the former ones that the changes still tell of. A former one that is somebody else's by
 * now is theirs and left out, as is one that was asked for and never confirmed.
 */
export async function listAddresses(
  tx: SystemTransaction,
  { id, email }: { id: string; email: string },
): Promise<string[]> {
  const changes = await tx
    .select({ oldEmail: emailChanges.oldEmail, newEmail: emailChanges.newEmail })
    .from(emailChanges)
    .where(and(eq(emailChanges.userId, id), isNotNull(emailChanges.confirmedAt)));
  const addresses = new Set([email, ...changes.flatMap(({ oldEmail, newEmail }) => [oldEmail, newEmail])]);
  const taken = await tx
    .select({ email: users.email })
    .from(users)
    .where(and(inArray(users.email, [...addresses]), ne(users.id, id)));
  for (const other of taken) addresses.delete(other.email);
  return [...addresses];
}
