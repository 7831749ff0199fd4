import { sql } from "drizzle-orm";
import type { ScopedTransaction } from "@/db/scope";

/** The token of a listed integration's link; null when it is not listed or has none that works. */
export async function findPublicLinkToken(
  tx: ScopedTransaction<"public">,
  slug: string,
): Promise<string | null> {
  const [row] = await tx.execute<{ token: string | null }>(sql`select kytkin.public_link(${slug}) as token`);
  return row?.token ?? null;
}
