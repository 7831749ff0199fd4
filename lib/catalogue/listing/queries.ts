import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { integrationName } from "@/db/integration-name";
import { integrations, partners, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { LOCALES, type Locale } from "@/lib/core/locales";
import { connectorOf, IS_OFFERED, stageOf } from "../integration/queries";
import { inLanguage, readContent, readShown } from "../integration/read-content";
import { INTEGRATION_KINDS } from "./kinds";
import { canonicalLocale, hasWord, ownLanguages, type Place, readWords, writePlace } from "./rules";
import type { CatalogueFilter, CatalogueView, ListedCard, ListedIntegration } from "./schema";

type Public = ScopedTransaction<"public">;

const PAGE_SIZE = 24;
/** A sitemap holds 50,000 addresses, at most five for an integration. */
const SITEMAP_SIZE = 9_000;

const summaryIn = (locale: Locale): SQL => sql`
  case jsonb_typeof(${specifications.content} -> 'summary') when 'string' then ${specifications.content} ->> 'summary'
  else coalesce(${specifications.content} -> 'summary' ->> ${locale},
    ${specifications.content} -> 'summary' ->> (${specifications.content} ->> 'mainLanguage')) end`;

/** A space before each word of what a card says; `readWords` writes the words of a search alike. */
const wordsIn = (locale: Locale): SQL => sql`
  ' ' || regexp_replace(regexp_replace(lower(normalize(
      concat_ws(' ', ${integrationName(locale)}, ${summaryIn(locale)}, ${partners.name}), NFKD)),
    '[\\u0300-\\u036f]+', '', 'g'), '[[:space:]!-/:-@\\[-\`{-~]+', ' ', 'g')`;

/** By the beginning of each word, wherever a card says it. A vendor's name is not in a row: it is compared here. */
const saysWord = (locale: Locale, word: string): SQL | undefined =>
  or(
    sql`strpos(${wordsIn(locale)}, ' ' || ${word}) > 0`,
    inArray(
      integrations.connector,
      CONNECTOR_IDS.filter((id) => hasWord(getConnector(id).manifest.name, word)),
    ),
  );

/** Sorted byte by byte, so that a page begins at the same place whatever the database's locale is. */
const sortedName = (locale: Locale): SQL => sql`lower(${integrationName(locale)}) collate "C"`;

const fits = (locale: Locale, { q, vendor, kind }: CatalogueFilter): SQL | undefined =>
  and(
    IS_OFFERED,
    vendor && eq(integrations.connector, vendor),
    kind && eq(integrations.kind, kind),
    ...readWords(q ?? "").map((word) => saysWord(locale, word)),
  );

const published = and(
  eq(specifications.integrationId, integrations.id),
  eq(specifications.state, "published"),
);

/** A page of the public catalogue by name, and what it can be narrowed by. */
export async function listCatalogue(
  tx: Public,
  locale: Locale,
  filter: CatalogueFilter,
  after?: Place,
): Promise<CatalogueView> {
  const rows = await tx
    .select({
      slug: integrations.slug,
      kind: integrations.kind,
      stage: integrations.stage,
      connector: integrations.connector,
      content: specifications.content,
      partnerName: partners.name,
      sorted: sql<string>`${sortedName(locale)}`,
    })
    .from(integrations)
    .innerJoin(specifications, published)
    .innerJoin(partners, eq(partners.id, integrations.partnerId))
    .where(
      and(
        fits(locale, filter),
        after &&
          sql`(${sortedName(locale)}, ${integrations.slug} collate "C") > (${after.name}, ${after.slug})`,
      ),
    )
    .orderBy(sortedName(locale), sql`${integrations.slug} collate "C"`)
    .limit(PAGE_SIZE + 1);
  const last = rows.length > PAGE_SIZE ? rows[PAGE_SIZE - 1] : undefined;
  return {
    cards: rows.slice(0, PAGE_SIZE).map((row) => cardOf(row, locale)),
    count: await countFitting(tx, locale, filter),
    next: last ? writePlace({ name: last.sorted, slug: last.slug }) : null,
    ...(await listChoices(tx)),
  };
}

type CardRow = Pick<typeof integrations.$inferSelect, "slug" | "kind" | "stage" | "connector"> &
  Pick<typeof specifications.$inferSelect, "content"> & { partnerName: string };

function cardOf({ content: stored, partnerName, ...row }: CardRow, locale: Locale): ListedCard {
  const { name, summary, languages } = readShown(stored, locale);
  return {
    slug: row.slug,
    name,
    summary,
    language: languages.summary,
    kind: row.kind,
    stage: stageOf(row.stage),
    partnerName,
    connector: { id: row.connector, name: getConnector(row.connector).manifest.name },
  };
}

async function countFitting(tx: Public, locale: Locale, filter: CatalogueFilter): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(integrations)
    .innerJoin(specifications, published)
    .innerJoin(partners, eq(partners.id, integrations.partnerId))
    .where(fits(locale, filter));
  return row?.count ?? 0;
}

async function listChoices(tx: Public): Promise<Pick<CatalogueView, "vendors" | "kinds">> {
  const rows = await tx
    .selectDistinct({ connector: integrations.connector, kind: integrations.kind })
    .from(integrations)
    .innerJoin(specifications, published)
    .where(IS_OFFERED);
  const connectors = new Set(rows.map(({ connector }) => connector));
  const kinds = new Set(rows.map(({ kind }) => kind));
  return {
    vendors: CONNECTOR_IDS.filter((id) => connectors.has(id))
      .map((id) => ({ id, name: getConnector(id).manifest.name }))
      .sort((one, other) => one.name.localeCompare(other.name)),
    kinds: INTEGRATION_KINDS.filter((kind) => kinds.has(kind)),
  };
}

const dayOf = (at: Date | null): string | null => at?.toISOString().slice(0, 10) ?? null;

/** A listed integration with its published version; null when there is none of that slug. */
export async function findListed(
  tx: Public,
  slug: string,
  locale: Locale,
): Promise<ListedIntegration | null> {
  const [row] = await tx
    .select({
      integration: integrations,
      partner: { name: partners.name, websiteUrl: partners.websiteUrl },
      version: specifications.version,
      publishedAt: specifications.publishedAt,
      stored: specifications.content,
      canBegin: sql<boolean>`kytkin.public_link(${integrations.slug}) is not null`,
    })
    .from(integrations)
    .innerJoin(specifications, published)
    .innerJoin(partners, eq(partners.id, integrations.partnerId))
    .where(and(eq(integrations.slug, slug), IS_OFFERED));
  if (!row) return null;
  const { integration, partner, version, publishedAt, canBegin } = row;
  const content = readContent(row.stored);
  const own = ownLanguages(content, LOCALES);
  return {
    slug,
    kind: integration.kind,
    stage: stageOf(integration.stage),
    partner,
    connector: connectorOf(integration.connector),
    version,
    publishedOn: dayOf(publishedAt),
    content: inLanguage(content, locale),
    ownLanguages: own,
    canonicalLocale: canonicalLocale(locale, own, content.mainLanguage),
    canBegin,
  };
}

type SitemapEntry = { slug: string; publishedOn: string | null; locales: Locale[] };

/** Every listed integration with the languages in which it is the original; the oldest first. */
export async function listForSitemap(tx: Public): Promise<SitemapEntry[]> {
  const rows = await tx
    .select({
      slug: integrations.slug,
      publishedAt: specifications.publishedAt,
      stored: specifications.content,
    })
    .from(integrations)
    .innerJoin(specifications, published)
    .where(IS_OFFERED)
    .orderBy(integrations.id)
    .limit(SITEMAP_SIZE);
  return rows.map(({ slug, publishedAt, stored }) => {
    const content = readContent(stored);
    const own = ownLanguages(content, LOCALES);
    return {
      slug,
      publishedOn: dayOf(publishedAt),
      // Without a language that is whole, the page that all others name as their original.
      locales: own.length > 0 ? own : [canonicalLocale("en", own, content.mainLanguage)],
    };
  });
}
