import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { signInTokens } from "@/db/schema";
import { withScope } from "@/db/scope";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/**
 * Ends a mail's link and code together, whichever of them the hash belongs to; null when neither is good any more. One
 * statement decides, so of several uses at once one wins.
 */
export async function consumeSignInToken(
  database: Database,
  hash: string,
): Promise<{ email: string; expiresAt: Date } | null> {
  return await withScope(database, { kind: "auth" }, async (tx) => {
    const [used] = await tx
      .update(signInTokens)
      .set({ usedAt: sql`now()` })
      .where(
        and(
          isNull(signInTokens.usedAt),
          or(
            and(eq(signInTokens.tokenHash, hash), gt(signInTokens.expiresAt, sql`now()`)),
            and(eq(signInTokens.codeHash, hash), gt(signInTokens.codeExpiresAt, sql`now()`)),
          ),
        ),
      )
      .returning({ id: signInTokens.id, email: signInTokens.email, expiresAt: signInTokens.expiresAt });
    await writeAudit(tx, {
      actor: { kind: "visitor" },
      action: "sign_in.use",
      subject: { kind: "sign_in", id: used?.id },
      outcome: used ? "done" : "refused",
    });
    return used ? { email: used.email, expiresAt: used.expiresAt } : null;
  });
}
