import { lt, sql } from "drizzle-orm";
import { sessions, signInTokens } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";

/** Deletes what is over: sessions at once, requests for a mail (they hold addresses) a day after their link ended. */
export async function purgeSignIns(tx: ScopedTransaction<"system">): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.expiresAt, sql`now()`));
  await tx.delete(signInTokens).where(lt(signInTokens.expiresAt, sql`now() - interval '1 day'`));
}
