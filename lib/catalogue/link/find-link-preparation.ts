import { sql } from "drizzle-orm";
import { activationLinks } from "@/db/schema";
import { sha256 } from "@/lib/core/hash";
import { inScope } from "@/lib/platform/web-database";
import type { LinkPreparation } from "./schema";

/** What the partner prepared for whoever opens a link; null when there is no such link. */
export async function findLinkPreparation(linkToken: string): Promise<LinkPreparation | null> {
  const [link] = await inScope({ kind: "public", linkHash: sha256(linkToken) }, (tx) =>
    tx
      .select({
        email: activationLinks.email,
        businessIds: activationLinks.businessIds,
        returnUrl: activationLinks.returnUrl,
        language: activationLinks.language,
        isLimited: sql<boolean>`${activationLinks.maxUses} is not null and ${activationLinks.kind} = 'shared'`,
      })
      .from(activationLinks),
  );
  return link ?? null;
}
