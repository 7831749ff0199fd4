import { and, desc, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { specifications } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { contentHash } from "./content-hash";
import { listChangedFields, readContent } from "./read-content";
import { type SpecificationContent, specificationContent } from "./schema";
import { TEXT_LANGUAGES } from "./texts";

/**
 * Publishes the next version when it says something else than the published one, which is deprecated then. Asked of the
 * words in the newest shape and not of the hash: the same file in another shape is nothing new. Gives the version that is
 * published now, and whether it is new.
 */
export async function publishSpecification(
  tx: SystemTransaction,
  integration: { id: string; partnerId: string; slug: string },
  given: SpecificationContent,
): Promise<{ version: number; isNew: boolean }> {
  const content = specificationContent.parse(given);
  const versions = await tx
    .select({
      id: specifications.id,
      version: specifications.version,
      state: specifications.state,
      content: specifications.content,
    })
    .from(specifications)
    .where(eq(specifications.integrationId, integration.id))
    .orderBy(desc(specifications.version));
  const published = versions.find((one) => one.state === "published");
  if (published && saysTheSame(readContent(published.content), content))
    return { version: published.version, isNew: false };
  await tx
    .update(specifications)
    .set({ state: "deprecated" })
    .where(and(eq(specifications.integrationId, integration.id), eq(specifications.state, "published")));
  const version = (versions[0]?.version ?? 0) + 1;
  const id = uuidv7();
  await tx.insert(specifications).values({
    id,
    integrationId: integration.id,
    partnerId: integration.partnerId,
    version,
    state: "published",
    content,
    contentHash: contentHash({ integrationSlug: integration.slug, version, content }),
    publishedAt: new Date(),
  });
  await enqueueEvent(tx, "specification/published", { specificationId: id });
  return { version, isNew: true };
}

/** Whether no reader of any language gets anything else. */
export function saysTheSame(before: SpecificationContent, after: SpecificationContent): boolean {
  return TEXT_LANGUAGES.every((language) => listChangedFields(before, after, language).length === 0);
}
