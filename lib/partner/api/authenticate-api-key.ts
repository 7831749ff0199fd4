import { and, gt, isNull, or, sql } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import { inScope } from "@/lib/platform/web-database";
import type { ApiCaller } from "./schema";

/** The caller behind `Authorization: Bearer <key>`. Cookies are never looked at. Throws `unauthenticated`. */
export async function authenticateApiKey(authorization: string | null): Promise<ApiCaller> {
  const key = /^Bearer ([\x21-\x7e]{16,200})$/i.exec(authorization ?? "")?.[1];
  if (!key) throw new AppError("unauthenticated", "give an API key as Authorization: Bearer <key>");
  const [row] = await inScope({ kind: "auth", keyHash: sha256(key) }, (tx) =>
    tx
      .select({ keyId: apiKeys.id, partnerId: apiKeys.partnerId, stage: apiKeys.stage })
      .from(apiKeys)
      .where(
        and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`))),
      ),
  );
  if (!row) throw new AppError("unauthenticated", "the API key is unknown, revoked or expired");
  return row;
}
