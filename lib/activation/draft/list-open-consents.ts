import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";

export type OpenConsent = { grantId: string; userId: string; email: string };

/** The consents of members and guests that are open for a draft: whose they are, and not what they cover. */
export async function listOpenConsents(
  tx: ScopedTransaction<"customer">,
  draftId: string,
): Promise<OpenConsent[]> {
  const rows = await tx.execute<{ id: string; user_id: string; email: string }>(
    sql`select * from kytkin.open_consents(${draftId})`,
  );
  return rows.map(({ id, user_id, email }) => ({ grantId: id, userId: user_id, email }));
}
