import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { activationLinks, integrations, partners, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Stage } from "@/lib/connectors/context";
import { getConnector } from "@/lib/connectors/registry";
import { type ConnectorView, type DeadLinkView, type IntegrationView, specificationContent } from "./schema";

type Reader = ScopedTransaction<"public"> | ScopedTransaction<"customer">;
export type LinkFinding = { kind: "live"; view: IntegrationView } | { kind: "dead"; view: DeadLinkView };

const UNKNOWN_LINK: LinkFinding = {
  kind: "dead",
  view: { why: "unknown", partnerName: null, integrationName: null, support: null },
};

/** The link of the scope's `linkHash`, with the published specification, or why it does not work. */
export async function findLink(tx: Reader, linkToken: string): Promise<LinkFinding> {
  const [row] = await tx
    .select({
      expiresAt: activationLinks.expiresAt,
      withdrawnAt: activationLinks.withdrawnAt,
      integration: integrations,
      partnerName: partners.name,
    })
    .from(activationLinks)
    .innerJoin(integrations, eq(integrations.id, activationLinks.integrationId))
    .innerJoin(partners, eq(partners.id, activationLinks.partnerId))
    .where(sql`${activationLinks.tokenHash} = kytkin.link_hash()`);
  if (!row) return UNKNOWN_LINK;

  const specification = await findShownSpecification(tx, row.integration.id);
  const dead = (why: DeadLinkView["why"]): LinkFinding => ({
    kind: "dead",
    view: {
      why,
      partnerName: row.partnerName,
      integrationName: specification?.content.name ?? null,
      support: specification
        ? { email: specification.content.support.email, url: specification.content.support.url }
        : null,
    },
  });
  if (row.withdrawnAt) return dead("withdrawn");
  if (row.expiresAt && row.expiresAt <= new Date()) return dead("expired");
  if (specification?.state !== "published") return dead("unpublished");
  return {
    kind: "live",
    view: {
      linkToken,
      integrationId: row.integration.id,
      partner: { id: row.integration.partnerId, name: row.partnerName },
      connector: connectorOf(row.integration.connector),
      stage: stageOf(row.integration.stage),
      specification: {
        id: specification.id,
        version: specification.version,
        contentHash: specification.contentHash,
        content: specification.content,
      },
    },
  };
}

/** The published version, else the newest that once was: a dead link still names the support contact. */
async function findShownSpecification(tx: Reader, integrationId: string) {
  const [row] = await tx
    .select()
    .from(specifications)
    .where(
      and(
        eq(specifications.integrationId, integrationId),
        inArray(specifications.state, ["published", "deprecated"]),
      ),
    )
    .orderBy(sql`(${specifications.state} = 'published') desc`, desc(specifications.version))
    .limit(1);
  return row ? { ...row, content: specificationContent.parse(row.content) } : null;
}

export function connectorOf(id: string): ConnectorView {
  const { name, rightsEnforcedBy } = getConnector(id).manifest;
  return { id, name, rightsEnforcedBy };
}

export function stageOf(value: string): Stage {
  return value === "production" ? "production" : "test";
}

/** Published integrations that their partners list publicly, by name. */
export async function listPublicIntegrations(tx: ScopedTransaction<"public">): Promise<
  {
    slug: string;
    name: string;
    summary: string;
    partnerName: string;
    connectorId: string;
    connectorName: string;
  }[]
> {
  const rows = await tx
    .select({
      slug: integrations.slug,
      connector: integrations.connector,
      content: specifications.content,
      partnerName: partners.name,
    })
    .from(integrations)
    .innerJoin(
      specifications,
      and(eq(specifications.integrationId, integrations.id), eq(specifications.state, "published")),
    )
    .innerJoin(partners, eq(partners.id, integrations.partnerId))
    .where(eq(integrations.isListed, true));
  return rows
    .map((row) => ({
      slug: row.slug,
      name: row.content.name,
      summary: row.content.summary,
      partnerName: row.partnerName,
      connectorId: row.connector,
      connectorName: connectorOf(row.connector).name,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
