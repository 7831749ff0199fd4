import { and, desc, eq, ilike, inArray, lt, ne, or, type SQL, sql } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  integrations,
  partners,
  specifications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf, stageOf } from "@/lib/catalogue/integration/queries";
import { specificationContent } from "@/lib/catalogue/integration/schema";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { listCheckedRights } from "./checked-rights";
import { canTakeKey, isBeingChecked, isLive, LIVE_STATES } from "./rules";
import type { ConnectionDetails, ConnectionFilter, ConnectionView } from "./schema";

type Customer = ScopedTransaction<"customer">;
type Page = { cursor?: string; limit: number };

function selectConnections(tx: Customer) {
  return tx
    .select({
      connection: connections,
      activation: activations,
      content: specifications.content,
      partnerName: partners.name,
      integration: integrations,
      linkToken: activationRequests.linkToken,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(partners, eq(partners.id, connections.partnerId))
    .$dynamic();
}
type Row = Awaited<ReturnType<typeof selectConnections>>[number];

function toView({ connection, activation, content, partnerName, integration }: Row): ConnectionView {
  return {
    id: connection.id,
    requestId: activation.requestId,
    integrationName: content.name,
    partnerName,
    connectorName: connectorOf(integration.connector).name,
    environmentName: activation.environmentName,
    businessId: activation.businessId,
    state: connection.state,
    attention: connection.attention,
    activeSince: connection.createdAt.toISOString(),
  };
}

/** The account's connections that are not removed, newest first, or those that the filter asks for. */
export async function listConnections(
  tx: Customer,
  page: Page,
  filter: ConnectionFilter = {},
): Promise<{ connections: ConnectionView[]; nextCursor: string | null }> {
  const rows = await selectConnections(tx)
    .where(
      and(
        stateFilter(filter.only),
        filter.search ? matches(filter.search) : undefined,
        filter.integrationId ? eq(connections.integrationId, filter.integrationId) : undefined,
        page.cursor ? lt(connections.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(connections.id))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  return {
    connections: shown.map(toView),
    nextCursor: rows.length > page.limit ? (shown.at(-1)?.connection.id ?? null) : null,
  };
}

function stateFilter(only: ConnectionFilter["only"]): SQL | undefined {
  if (only === "endable")
    return and(inArray(connections.state, [...LIVE_STATES]), ne(activations.state, "activating"));
  if (only === "attention") return eq(connections.state, "needs_attention");
  if (only === "ended") return eq(connections.state, "removed");
  return ne(connections.state, "removed");
}

/** By the company's name or number, or the integration's name, whatever their case. */
function matches(search: string): SQL | undefined {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(activations.environmentName, pattern),
    ilike(activations.businessId, pattern),
    sql`${specifications.content} ->> 'name' ilike ${pattern}`,
  );
}

/** Whether the account has or had any, removed ones included. */
export async function hasConnections(tx: Customer): Promise<boolean> {
  const [any] = await tx.select({ id: connections.id }).from(connections).limit(1);
  return any !== undefined;
}

/** One connection as its own page shows it. Throws `not_found` outside the account. */
export async function getConnectionDetails(tx: Customer, connectionId: string): Promise<ConnectionDetails> {
  const [row] = await selectConnections(tx).where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  const { connection, activation, integration } = row;
  const content = specificationContent.parse(row.content);
  const { manifest, revokeKey } = getConnector(integration.connector);
  return {
    ...toView(row),
    connectorId: manifest.id,
    stage: stageOf(integration.stage),
    externalId: activation.externalId,
    stateSince: connection.stateSince.toISOString(),
    checkedAt: connection.verifiedAt?.toISOString() ?? null,
    isBeingChecked: isBeingChecked(connection, new Date()),
    failedCheck: connection.checkFailedAt
      ? { at: connection.checkFailedAt.toISOString(), answer: connection.checkAnswer }
      : null,
    technicalUserName: content.technicalUser.username,
    rights: listCheckedRights(content.technicalUser.rights, connection.rightsCheck),
    canDeactivate: isLive(connection.state) && activation.state !== "activating",
    canRevoke: revokeKey !== undefined && connection.keySource === "issued",
    recoverableActivationId: canTakeKey(activation, connection) ? activation.id : null,
    support: content.support,
    linkToken: row.linkToken,
  };
}
