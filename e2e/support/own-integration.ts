import { randomBytes } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { activationLinks, integrations, outboxEvents, specifications } from "@/db/schema";
import { contentHash } from "@/lib/catalogue/integration/content-hash";
import { readContent, readMain } from "@/lib/catalogue/integration/read-content";
import type { SpecificationContent } from "@/lib/catalogue/integration/schema";
import { randomToken, sha256 } from "@/lib/core/hash";
import { events } from "@/lib/platform/outbox/events";
import { withDatabase } from "./database";
import { demo } from "./demo";
import { type Integration, seeded } from "./integration";

type Change = (content: SpecificationContent) => SpecificationContent;
export type OwnIntegration = Integration & { id: string; partnerId: string };

/**
 * An integration that no other test touches: a copy of a seeded one, with a link of its own. It shares the vendor's
 * integration with the seeded one, so that its consents come back by `makeConsent`.
 */
export async function makeIntegration(
  kind: Parameters<typeof seeded>[0],
  change: Change = (content) => content,
): Promise<OwnIntegration> {
  const model = seeded(kind);
  const slug = `${model.slug}-${randomBytes(5).toString("hex")}`;
  const own = await withDatabase(async ({ orm }) => {
    const [row] = await orm
      .select({ integration: integrations, content: specifications.content })
      .from(integrations)
      .innerJoin(
        specifications,
        and(eq(specifications.integrationId, integrations.id), eq(specifications.state, "published")),
      )
      .where(eq(integrations.slug, model.slug));
    if (!row) throw new Error(`the seeded integration ${model.slug} is missing`);
    const { partnerId, connector, stage, vendorApplicationId } = row.integration;
    const [made] = await orm
      .insert(integrations)
      .values({ partnerId, connector, stage, vendorApplicationId, slug })
      .returning({ id: integrations.id });
    if (!made) throw new Error("the integration was not made");
    return { id: made.id, partnerId, content: change(readContent(row.content)) };
  });
  const { id, partnerId, content } = own;
  const integration = { ...model, id, partnerId, slug, name: readMain(content).name, link: "" };
  await publish(integration, 1, content);
  return { ...integration, link: await makeLink(integration) };
}

/** Publishes a version in the place of the one that is published, and lets the worker bring it to those who are active. */
async function publish(
  { id, partnerId, slug }: OwnIntegration,
  version: number,
  content: SpecificationContent,
): Promise<void> {
  const hash = contentHash({ integrationSlug: slug, version, content });
  await withDatabase(({ orm }) =>
    orm.transaction(async (tx) => {
      const isPublished = and(eq(specifications.integrationId, id), eq(specifications.state, "published"));
      await tx.update(specifications).set({ state: "deprecated" }).where(isPublished);
      const own = { integrationId: id, partnerId, version, content, contentHash: hash };
      const [made] = await tx
        .insert(specifications)
        .values({ ...own, state: "published", publishedAt: new Date() })
        .returning({ id: specifications.id });
      if (!made) throw new Error("the version was not made");
      const data = events["specification/published"].parse({ specificationId: made.id });
      await tx.insert(outboxEvents).values({ name: "specification/published", data });
      await tx.execute(sql`select wake.outbox()`);
    }),
  );
}

/** Publishes the next version: the first one with a change. */
export async function publishChange(integration: OwnIntegration, change: Change): Promise<void> {
  const [first] = await withDatabase(({ orm }) =>
    orm.select().from(specifications).where(eq(specifications.integrationId, integration.id)),
  );
  if (!first) throw new Error("the integration has no version");
  await publish(integration, first.version + 1, change(readContent(first.content)));
}

/** One more link to the integration. */
export async function makeLink(
  { id, partnerId }: OwnIntegration,
  end: { expiresAt?: Date; withdrawnAt?: Date } = {},
): Promise<string> {
  const token = randomToken(16);
  const link = { integrationId: id, partnerId, label: "Test", token, tokenHash: sha256(token) };
  await withDatabase(({ orm }) => orm.insert(activationLinks).values({ ...link, ...end }));
  return `${demo().portalUrl}/a/${token}`;
}
