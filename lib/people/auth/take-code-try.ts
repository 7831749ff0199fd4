import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { signInTokens } from "@/db/schema";
import { withScope } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";

export type CodeTry = { signInId: string; email: string; triesLeft: number };

/**
 * Takes one of the tries of the browser's newest code, before anybody looks whether the code is right: guesses sent at
 * once cannot share a try. null when there is no code to try (used, expired, no tries left, another browser).
 */
export async function takeCodeTry(database: Database, browserId: string): Promise<CodeTry | null> {
  return await withScope(database, { kind: "auth" }, async (tx) => {
    const newest = tx
      .select({ id: signInTokens.id })
      .from(signInTokens)
      .where(eq(signInTokens.browserHash, sha256(browserId)))
      .orderBy(desc(signInTokens.createdAt), desc(signInTokens.id))
      .limit(1);
    const [taken] = await tx
      .update(signInTokens)
      .set({ codeTriesLeft: sql`${signInTokens.codeTriesLeft} - 1` })
      .where(
        and(
          eq(signInTokens.id, sql`(${newest})`),
          isNull(signInTokens.usedAt),
          gt(signInTokens.codeTriesLeft, 0),
          gt(signInTokens.codeExpiresAt, sql`now()`),
        ),
      )
      .returning({
        signInId: signInTokens.id,
        email: signInTokens.email,
        triesLeft: signInTokens.codeTriesLeft,
      });
    return taken ?? null;
  });
}
