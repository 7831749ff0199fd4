import { inArray, lt } from "drizzle-orm";
import { emailChanges, outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";

const LAST_MS = 90 * 24 * 3600 * 1000;

/**
 * Deletes changes of address that are long over, and the mails about them: they hold addresses, and the way back from them
 * has ended.
 */
export async function purgeEmailChanges(tx: ScopedTransaction<"system">, now: Date): Promise<void> {
  const purged = await tx
    .delete(emailChanges)
    .where(lt(emailChanges.expiresAt, new Date(now.getTime() - LAST_MS)))
    .returning({ id: emailChanges.id });
  const ids = purged.map(({ id }) => id);
  // Nothing else would tell whose addresses these were, should the person be erased.
  if (ids.length > 0) await tx.delete(outboxMails).where(inArray(outboxMails.subjectId, ids));
}
