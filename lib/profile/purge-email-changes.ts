import { lt } from "drizzle-orm";
import { emailChanges } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";

const LAST_MS = 90 * 24 * 3600 * 1000;

/** Deletes changes of address that are long over: they hold addresses, and the way back from them has ended. */
export async function purgeEmailChanges(tx: ScopedTransaction<"system">, now: Date): Promise<void> {
  await tx.delete(emailChanges).where(lt(emailChanges.expiresAt, new Date(now.getTime() - LAST_MS)));
}
