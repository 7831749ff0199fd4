import { and, asc, eq, gt, isNull, or } from "drizzle-orm";
import { activationLinks } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";

/**
 * The oldest link of the integration that works, for a customer who started at the vendor; null when there is none. Links for
 * one customer or for a number of requests are their own customers'.
 */
export async function findUsableLinkToken(
  tx: ScopedTransaction<"system">,
  integrationId: string,
): Promise<string | null> {
  const [link] = await tx
    .select({ token: activationLinks.token })
    .from(activationLinks)
    .where(
      and(
        eq(activationLinks.integrationId, integrationId),
        eq(activationLinks.kind, "shared"),
        isNull(activationLinks.maxUses),
        isNull(activationLinks.withdrawnAt),
        or(isNull(activationLinks.expiresAt), gt(activationLinks.expiresAt, new Date())),
      ),
    )
    .orderBy(asc(activationLinks.createdAt))
    .limit(1);
  return link?.token ?? null;
}
