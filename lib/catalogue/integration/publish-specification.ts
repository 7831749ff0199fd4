import { and, desc, eq } from "drizzle-orm";
import { specifications } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { contentHash } from "./content-hash";
import type { SpecificationContent } from "./schema";

/**
 * Publishes the next version when it shows something else than the published one, which is deprecated then. Gives the
 * version that is published now, and whether it is new.
 */
export async function publishSpecification(
  tx: SystemTransaction,
  integration: { id: string; partnerId: string; slug: string },
  content: SpecificationContent,
): Promise<{ version: number; isNew: boolean }> {
  const versions = await tx
    .select({
      id: specifications.id,
      version: specifications.version,
      state: specifications.state,
      contentHash: specifications.contentHash,
    })
    .from(specifications)
    .where(eq(specifications.integrationId, integration.id))
    .orderBy(desc(specifications.version));
  const published = versions.find((one) => one.state === "published");
  const hashOf = (version: number) => contentHash({ integrationSlug: integration.slug, version, content });
  if (published && published.contentHash === hashOf(published.version))
    return { version: published.version, isNew: false };
  await tx
    .update(specifications)
    .set({ state: "deprecated" })
    .where(and(eq(specifications.integrationId, integration.id), eq(specifications.state, "published")));
  const version = (versions[0]?.version ?? 0) + 1;
  await tx.insert(specifications).values({
    integrationId: integration.id,
    partnerId: integration.partnerId,
    version,
    state: "published",
    content,
    contentHash: hashOf(version),
    publishedAt: new Date(),
  });
  return { version, isNew: true };
}
