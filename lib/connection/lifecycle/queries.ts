import { and, desc, eq, inArray, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import {
  accountUpdates,
  activationRequests,
  activations,
  companies,
  connections,
  integrations,
  offboardings,
  partners,
  specifications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf, stageOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import { findHolds, isPaused } from "@/lib/connection/hold/queries";
import { countStepsLeft, type OffboardingFacts } from "@/lib/connection/offboarding/rules";
import { needsUpdate } from "@/lib/connection/update/queries";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import { listCheckedRights } from "./checked-rights";
import { canTakeKey, isBeingChecked, isLive, LIVE_STATES, shownState } from "./rules";
import type { ConnectionDetails, ConnectionView } from "./schema";

type Customer = ScopedTransaction<"customer">;
type Page = { cursor?: string; limit: number; locale: Locale };

function selectConnections(tx: Customer) {
  return tx
    .select({
      connection: connections,
      activation: activations,
      content: specifications.content,
      partnerName: partners.name,
      integration: integrations,
      linkToken: activationRequests.linkToken,
      offboarding: offboardings,
      isPaused: isPaused(new Date()),
      needsUpdate: needsUpdate(),
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, connections.specificationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(partners, eq(partners.id, connections.partnerId))
    .leftJoin(offboardings, eq(offboardings.connectionId, connections.id))
    .$dynamic();
}
type Row = Awaited<ReturnType<typeof selectConnections>>[number];

function toView(row: Row, locale: Locale): ConnectionView {
  const { connection, activation, content, partnerName, integration } = row;
  return {
    id: connection.id,
    requestId: activation.requestId,
    integrationName: readShown(content, locale).name,
    partnerName,
    connectorName: connectorOf(integration.connector).name,
    environmentName: activation.environmentName,
    businessId: activation.businessId,
    state: shownState({ state: connection.state, needsUpdate: row.needsUpdate }),
    attention: connection.attention,
    isPaused: row.isPaused && isLive(connection.state),
    stepsLeft: connection.state === "offboarding" ? countStepsLeft(factsOf(row.offboarding)) : 0,
    activeSince: connection.createdAt.toISOString(),
  };
}

/** What `countStepsLeft` asks of an end. */
export function factsOf(row: typeof offboardings.$inferSelect | null): OffboardingFacts | null {
  if (!row) return null;
  const { askedBy, keyFate, outcome, removalAnswer } = row;
  return { askedBy, key: keyFate, outcome, isRefused: removalAnswer !== null };
}

/** The account's connections that wait for the customer, or those that can be ended now, newest first. */
export async function listConnections(
  tx: Customer,
  page: Page,
  only: "attention" | "endable",
  integrationId?: string,
): Promise<{ connections: ConnectionView[]; nextCursor: string | null }> {
  const rows = await selectConnections(tx)
    .where(
      and(
        only === "attention" ? waitsForCustomer() : isEndable(),
        integrationId ? eq(connections.integrationId, integrationId) : undefined,
        page.cursor ? lt(connections.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(connections.id))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  return {
    connections: shown.map((row) => toView(row, page.locale)),
    nextCursor: rows.length > page.limit ? (shown.at(-1)?.connection.id ?? null) : null,
  };
}

function isEndable(): SQL | undefined {
  return and(inArray(connections.state, [...LIVE_STATES]), ne(activations.state, "activating"));
}

/** Connections, with their end, that wait for the customer. */
export function waitsForCustomer(): SQL {
  const stepsLeft = and(
    eq(connections.state, "offboarding"),
    eq(offboardings.keyFate, "left_to_customer"),
    ne(offboardings.askedBy, "system"),
    isNull(offboardings.removalAnswer),
  );
  const isWrong = sql`${connections.state} = 'needs_attention' and ${connections.attention} not in ('verification_pending', 'preparation_pending')`;
  return and(
    // As the index has it, in words: the planner does not know a parameter's value.
    sql`${connections.state} in ('needs_attention', 'offboarding')`,
    or(isWrong, stepsLeft),
  ) as SQL;
}

/** One connection as its own page shows it. Throws `not_found` outside the account. */
export async function getConnectionDetails(
  tx: Customer,
  connectionId: string,
  locale: Locale,
): Promise<ConnectionDetails> {
  const [row] = await selectConnections(tx).where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  const { connection, activation, integration } = row;
  const content = readShown(row.content, locale);
  const { manifest, revokeKey } = getConnector(integration.connector);
  return {
    ...toView(row, locale),
    connectorId: manifest.id,
    stage: stageOf(integration.stage),
    externalId: activation.externalId,
    companyId: await findCompanyId(tx, activation.environmentId),
    stateSince: connection.stateSince.toISOString(),
    checkedAt: connection.verifiedAt?.toISOString() ?? null,
    isBeingChecked: isBeingChecked(connection, new Date()),
    failedCheck: connection.checkFailedAt
      ? { at: connection.checkFailedAt.toISOString(), answer: connection.checkAnswer }
      : null,
    updateId:
      row.needsUpdate && isLive(connection.state) ? await findUpdateId(tx, connection.integrationId) : null,
    technicalUserName: content.technicalUser.username,
    language: content.languages.technicalUser,
    rights: listCheckedRights(content.technicalUser.rights, connection.rightsCheck),
    takesFiles: content.access?.includes("files") ?? false,
    holds: isLive(connection.state) ? ((await findHolds(tx, [connection.id])).get(connection.id) ?? []) : [],
    canDeactivate: isLive(connection.state) && activation.state !== "activating",
    canRevoke: revokeKey !== undefined && connection.keySource === "issued",
    recoverableActivationId: canTakeKey(activation, connection) ? activation.id : null,
    support: content.support,
    linkToken: row.linkToken,
  };
}

/** null for a moment: it became active after the version was published, and the worker has yet to offer it. */
async function findUpdateId(tx: Customer, integrationId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: accountUpdates.id })
    .from(accountUpdates)
    .innerJoin(
      specifications,
      and(eq(specifications.id, accountUpdates.specificationId), eq(specifications.state, "published")),
    )
    .where(and(eq(accountUpdates.integrationId, integrationId), eq(accountUpdates.verdict, "needs_consent")));
  return row?.id ?? null;
}

async function findCompanyId(tx: Customer, environmentId: string): Promise<string | null> {
  const [company] = await tx
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.environmentId, environmentId));
  return company?.id ?? null;
}
