import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";

export type OpenConsent = { grantId: string; userId: string; email: string };

/** The consents that are open for a draft, whoever of the account or of its guests gave them: whose, and not for what. */
export async function listOpenConsents(
  tx: ScopedTransaction<"customer">,
  draftId: string,
): Promise<OpenConsent[]> {
  const rows = await tx.execute<{ id: string; user_id: string; email: string }>(
    sql`select * from kytkin.open_consents(${draftId})`,
  );
  return rows.map(({ id, user_id, email }) => ({ grantId: id, userId: user_id, email }));
}
