import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { activationLinks, integrations, partners, retirements, specifications } from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import type { Stage } from "@/lib/connectors/context";
import { getConnector } from "@/lib/connectors/registry";
import type { Locale } from "@/lib/core/locales";
import { languageHash, structureHash } from "./content-hash";
import { readShown } from "./read-content";
import type { ConnectorView, DeadLinkView, IntegrationView, StoredContent } from "./schema";
import type { TextLanguage } from "./texts";

type Reader = ScopedTransaction<"public"> | RequestTransaction;
export type LinkFinding = { kind: "live"; view: IntegrationView } | { kind: "dead"; view: DeadLinkView };

const UNKNOWN_LINK: LinkFinding = {
  kind: "dead",
  view: { why: "unknown", partnerName: null, integrationName: null, support: null },
};

/** The link of the scope's `linkHash`, with the published specification in the reader's language, or why it does not work. */
export async function findLink(tx: Reader, linkToken: string, locale: Locale): Promise<LinkFinding> {
  const [row] = await tx
    .select({
      expiresAt: activationLinks.expiresAt,
      withdrawnAt: activationLinks.withdrawnAt,
      integration: integrations,
      partnerName: partners.name,
      retirement: {
        replacementName: retirements.replacementName,
        replacementUrl: retirements.replacementUrl,
        endsOn: retirements.endsOn,
      },
    })
    .from(activationLinks)
    .innerJoin(integrations, eq(integrations.id, activationLinks.integrationId))
    .innerJoin(partners, eq(partners.id, activationLinks.partnerId))
    .leftJoin(
      retirements,
      and(eq(retirements.integrationId, integrations.id), isNull(retirements.withdrawnAt)),
    )
    .where(sql`${activationLinks.tokenHash} = kytkin.link_hash()`);
  if (!row) return UNKNOWN_LINK;

  const specification = await findShownSpecification(tx, row.integration.id, locale);
  const { replacementName: name, replacementUrl } = row.retirement ?? {};
  const dead = (why: DeadLinkView["why"]): LinkFinding => ({
    kind: "dead",
    view: {
      why,
      replacement: name && replacementUrl ? { name, url: replacementUrl } : null,
      partnerName: row.partnerName,
      integrationName: specification?.content.name ?? null,
      support: specification
        ? { email: specification.content.support.email, url: specification.content.support.url }
        : null,
    },
  });
  if (row.retirement) return dead("retired");
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
        shown: hashesOf(specification.stored, locale),
        content: specification.content,
      },
    },
  };
}

/** The published version, else the newest that once was: a dead link still names the support contact. */
async function findShownSpecification(tx: Reader, integrationId: string, locale: Locale) {
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
  return row ? { ...row, stored: row.content, content: readShown(row.content, locale) } : null;
}

function hashesOf(content: StoredContent, language: Locale): IntegrationView["specification"]["shown"] {
  return {
    language,
    structureHash: structureHash({ content }),
    languageHash: languageHash({ content }, language),
  };
}

export function connectorOf(id: string): ConnectorView {
  const { name, rightsEnforcedBy } = getConnector(id).manifest;
  return { id, name, rightsEnforcedBy };
}

export function stageOf(value: string): Stage {
  return value === "production" ? "production" : "test";
}

/** Marked public by the operator, and not given up. */
export const IS_OFFERED = sql`${integrations.isListed} and not exists (select from ${retirements}
  where ${retirements.integrationId} = ${integrations.id} and ${retirements.withdrawnAt} is null)`;

/** Published integrations that their partners list publicly, by name, in the reader's language. */
export async function listPublicIntegrations(
  tx: ScopedTransaction<"public">,
  locale: Locale,
): Promise<
  {
    id: string;
    slug: string;
    name: string;
    summary: string;
    /** The language of the summary. */
    language: TextLanguage;
    partnerName: string;
    connectorId: string;
    connectorName: string;
  }[]
> {
  const rows = await tx
    .select({
      id: integrations.id,
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
    .where(IS_OFFERED);
  return rows
    .map((row) => ({ ...row, content: readShown(row.content, locale) }))
    .map((row) => ({
      id: row.id,
      slug: row.slug,
      name: row.content.name,
      summary: row.content.summary,
      language: row.content.languages.summary,
      partnerName: row.partnerName,
      connectorId: row.connector,
      connectorName: connectorOf(row.connector).name,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}
