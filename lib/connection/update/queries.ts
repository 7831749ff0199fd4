import { and, asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import {
  accountUpdates,
  activations,
  connections,
  connectionUpdates,
  integrations,
  partners,
  specifications,
  specificationUpdates,
  updateAcceptances,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { languageHash, structureHash } from "@/lib/catalogue/integration/content-hash";
import { listDifferences } from "@/lib/catalogue/integration/differences";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { inLanguage, readContent, readShown } from "@/lib/catalogue/integration/read-content";
import type { ShownConnectionState } from "@/lib/connection/lifecycle/schema";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import { type PendingUpdate, UPDATED_AT_ONCE, type UpdateGroup, type UpdateView } from "./schema";

type Customer = ScopedTransaction<"customer">;

/** As the index `connections_version` has it, in words: the planner does not know a parameter's value. */
export const IS_LIVE = sql`${connections.state} not in ('offboarding', 'removed')`;

/** Whether the published version asks a connection's customer to agree: it goes on with the former one until then. */
export function needsUpdate(): SQL<boolean> {
  return sql<boolean>`exists (select from specification_updates u join specifications p on p.id = u.specification_id
    where u.from_specification_id = ${connections.specificationId} and u.verdict = 'needs_consent' and p.state = 'published')`;
}

/** Versions whose step to the published one needs consent; a subquery for `inArray`, of few rows. */
export const awaitingConsent = (): SQL =>
  sql`(select u.from_specification_id from specification_updates u join specifications p on p.id = u.specification_id
    where u.verdict = 'needs_consent' and p.state = 'published')`;

/** Connections that lists show in a state. */
export function isShownAs(state: ShownConnectionState): SQL {
  const isAwaiting = inArray(connections.specificationId, awaitingConsent());
  if (state === "update_required") return sql`${connections.state} = 'active' and ${isAwaiting}`;
  if (state === "active") return sql`${connections.state} = 'active' and not ${isAwaiting}`;
  return eq(connections.state, state);
}

/** Connections of the scope that go on with a version before this one until their customer agrees. */
export function isOwedBy(specificationId: string): SQL | undefined {
  return and(
    IS_LIVE,
    eq(activations.state, "active"),
    sql`exists (select from specification_updates u where u.from_specification_id = ${connections.specificationId}
      and u.specification_id = ${specificationId} and u.verdict = 'needs_consent')`,
  );
}

/** Updates that wait for the account, the newest first. */
export async function listPendingUpdates(tx: Customer, locale: Locale): Promise<PendingUpdate[]> {
  const rows = await tx
    .select({
      id: accountUpdates.id,
      content: specifications.content,
      publishedAt: specifications.publishedAt,
      createdAt: accountUpdates.createdAt,
      partnerName: partners.name,
      connector: integrations.connector,
      count: sql<number>`(select count(*)::int from ${connections} join ${activations} on ${activations.id} = ${connections.activationId}
        where ${connections.integrationId} = ${accountUpdates.integrationId} and ${IS_LIVE} and ${activations.state} = 'active'
          and exists (select from specification_updates u where u.from_specification_id = ${connections.specificationId}
            and u.specification_id = ${accountUpdates.specificationId} and u.verdict = 'needs_consent'))`,
    })
    .from(accountUpdates)
    .innerJoin(
      specifications,
      and(eq(specifications.id, accountUpdates.specificationId), eq(specifications.state, "published")),
    )
    .innerJoin(integrations, eq(integrations.id, accountUpdates.integrationId))
    .innerJoin(partners, eq(partners.id, accountUpdates.partnerId))
    .where(eq(accountUpdates.verdict, "needs_consent"))
    .orderBy(desc(accountUpdates.id));
  return rows
    .filter((row) => row.count > 0)
    .map(({ content, connector, publishedAt, createdAt, ...row }) => ({
      ...row,
      integrationName: readShown(content, locale).name,
      connectorName: connectorOf(connector).name,
      since: (publishedAt ?? createdAt).toISOString(),
    }));
}

/**
 * A published version against those that the account's connections are on, with what is new for each. Throws `not_found` outside the
 * account, and `gone` when another version was published since.
 */
export async function getUpdate(tx: Customer, updateId: string, locale: Locale): Promise<UpdateView> {
  const row = await readUpdate(tx, updateId);
  const { specification, integration } = row;
  const after = readContent(specification.content);
  const owed = await listOwed(tx, row.update, UPDATED_AT_ONCE + 1);
  const content = inLanguage(after, locale);
  return {
    id: updateId,
    partnerName: row.partnerName,
    integrationName: content.name,
    connector: connectorOf(integration.connector),
    version: specification.version,
    publishedAt: (specification.publishedAt ?? specification.createdAt).toISOString(),
    contentHash: specification.contentHash,
    language: locale,
    content,
    groups: groupByVersion(owed.slice(0, UPDATED_AT_ONCE), specification, locale),
    followed: await listFollowed(tx, specification, locale),
    hasMore: owed.length > UPDATED_AT_ONCE,
    accepted: await listAccepted(tx, specification.id),
  };
}

/** The update with its version and the hashes of what a reader of a language is shown. Throws as `getUpdate`. */
export async function readUpdate(tx: Customer, updateId: string) {
  const [row] = await tx
    .select({
      update: accountUpdates,
      specification: specifications,
      integration: integrations,
      partnerName: partners.name,
    })
    .from(accountUpdates)
    .innerJoin(specifications, eq(specifications.id, accountUpdates.specificationId))
    .innerJoin(integrations, eq(integrations.id, accountUpdates.integrationId))
    .innerJoin(partners, eq(partners.id, accountUpdates.partnerId))
    .where(eq(accountUpdates.id, updateId));
  if (!row) throw new AppError("not_found", "update");
  if (row.specification.state !== "published") throw new AppError("gone", "a newer version is published");
  return row;
}

export const hashesShown = (specification: typeof specifications.$inferSelect, language: Locale) => ({
  contentHash: specification.contentHash,
  language,
  structureHash: structureHash({ content: specification.content }),
  languageHash: languageHash({ content: specification.content }, language),
});

type Update = typeof accountUpdates.$inferSelect;

function listOwed(tx: Customer, { integrationId, specificationId }: Update, limit: number) {
  return tx
    .select({
      id: connections.id,
      environmentName: activations.environmentName,
      businessId: activations.businessId,
      from: specifications,
      findings: specificationUpdates.findings,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(specifications, eq(specifications.id, connections.specificationId))
    .innerJoin(
      specificationUpdates,
      and(
        eq(specificationUpdates.fromSpecificationId, connections.specificationId),
        eq(specificationUpdates.specificationId, specificationId),
      ),
    )
    .where(and(eq(connections.integrationId, integrationId), isOwedBy(specificationId)))
    .orderBy(desc(specifications.version), asc(activations.environmentName), asc(connections.id))
    .limit(limit);
}
type Owed = Awaited<ReturnType<typeof listOwed>>[number];

function groupByVersion(
  owed: readonly Owed[],
  published: typeof specifications.$inferSelect,
  locale: Locale,
): UpdateGroup[] {
  const groups = new Map<string, UpdateGroup>();
  for (const { from, findings, ...connection } of owed) {
    const group = groups.get(from.id) ?? {
      fromVersion: from.version,
      findings,
      differences: listDifferences(readContent(from.content), readContent(published.content), locale),
      connections: [],
    };
    group.connections.push(connection);
    groups.set(from.id, group);
  }
  return [...groups.values()];
}

async function listFollowed(
  tx: Customer,
  published: typeof specifications.$inferSelect,
  locale: Locale,
): Promise<UpdateView["followed"]> {
  const rows = await tx
    .selectDistinctOn([specifications.version], {
      from: specifications,
      findings: specificationUpdates.findings,
    })
    .from(connectionUpdates)
    .innerJoin(specifications, eq(specifications.id, connectionUpdates.fromSpecificationId))
    .innerJoin(
      specificationUpdates,
      and(
        eq(specificationUpdates.fromSpecificationId, connectionUpdates.fromSpecificationId),
        eq(specificationUpdates.specificationId, connectionUpdates.specificationId),
      ),
    )
    .where(eq(connectionUpdates.specificationId, published.id))
    .orderBy(desc(specifications.version));
  return rows.map(({ from, findings }) => ({
    fromVersion: from.version,
    findings,
    differences: listDifferences(readContent(from.content), readContent(published.content), locale),
  }));
}

async function listAccepted(tx: Customer, specificationId: string): Promise<UpdateView["accepted"]> {
  const rows = await tx
    .select({
      id: updateAcceptances.id,
      by: updateAcceptances.acceptedEmail,
      at: updateAcceptances.acceptedAt,
      count: count(connectionUpdates.id),
    })
    .from(updateAcceptances)
    .leftJoin(connectionUpdates, eq(connectionUpdates.acceptanceId, updateAcceptances.id))
    .where(eq(updateAcceptances.specificationId, specificationId))
    .groupBy(updateAcceptances.id)
    .orderBy(desc(updateAcceptances.id));
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Where a page of a former version leads: the account's update to the version that is published now; null when it has none. */
export async function findNewerUpdate(tx: Customer, updateId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: accountUpdates.id })
    .from(accountUpdates)
    .innerJoin(
      specifications,
      and(eq(specifications.id, accountUpdates.specificationId), eq(specifications.state, "published")),
    )
    .where(
      sql`${accountUpdates.integrationId} = (select o.integration_id from account_updates o where o.id = ${updateId})`,
    );
  return row?.id ?? null;
}
