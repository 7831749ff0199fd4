import { and, eq, isNull, lt, or } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { inScope } from "@/lib/platform/web-database";
import type { AuthenticatedCaller } from "./schema";

const MINUTE_MS = 60_000;

/** The caller behind `Authorization: Bearer <key>`. Cookies are never looked at. Throws `unauthenticated`. */
export async function authenticateApiKey(authorization: string | null): Promise<AuthenticatedCaller> {
  const key = /^Bearer ([\x21-\x7e]{16,200})$/i.exec(authorization ?? "")?.[1];
  if (!key) throw new AppError("unauthenticated", "give an API key as Authorization: Bearer <key>");
  const now = new Date();
  const row = await inScope({ kind: "auth", keyHash: sha256(key) }, async (tx) => {
    const { id, partnerId, stage, scopes, expiresAt, lastUsedAt } = apiKeys;
    const [found] = await tx
      .select({ keyId: id, partnerId, stage, scopes, expiresAt })
      .from(apiKeys)
      .where(isNull(apiKeys.revokedAt));
    if (!found || (found.expiresAt && found.expiresAt <= now)) return found;
    const isStale = or(isNull(lastUsedAt), lt(lastUsedAt, new Date(now.getTime() - MINUTE_MS)));
    await tx
      .update(apiKeys)
      .set({ lastUsedAt: now })
      .where(and(eq(id, found.keyId), isStale));
    return found;
  });
  if (!row) throw new AppError("unauthenticated", "the API key is unknown or revoked");
  const { expiresAt, ...caller } = row;
  if (expiresAt && expiresAt <= now)
    throw new AppError("unauthenticated", `the API key ended at ${expiresAt.toISOString()}`);
  return caller;
}
