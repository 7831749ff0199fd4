import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { ApiKeyScope } from "@/lib/partner/organization/roles";

/** Throws `forbidden` with the scope's name when the key that entered the transaction lacks it; the policies refuse the write too. */
export async function assertKeyMay(tx: ScopedTransaction<"partner">, scope: ApiKeyScope): Promise<void> {
  const [row] = await tx.execute<{ may: boolean | null }>(
    sql`select ${scope} = any(kytkin.api_key_scopes()) as may`,
  );
  if (!row?.may) throw new AppError("forbidden", `the API key lacks the scope ${scope}`);
}
