import { and, desc, eq, lt, ne } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  integrations,
  partners,
  specifications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/integration/queries";
import type { ConnectionView } from "./schema";

type Page = { cursor?: string; limit: number };

/** The account's live connections, newest first; `onlyAttention` for those that need something done. */
export async function listConnections(
  tx: ScopedTransaction<"customer">,
  page: Page,
  onlyAttention = false,
): Promise<{ connections: ConnectionView[]; nextCursor: string | null }> {
  const rows = await tx
    .select({
      connection: connections,
      activation: activations,
      content: specifications.content,
      partnerName: partners.name,
      connector: integrations.connector,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(partners, eq(partners.id, connections.partnerId))
    .where(
      and(
        onlyAttention ? eq(connections.state, "needs_attention") : ne(connections.state, "removed"),
        page.cursor ? lt(connections.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(connections.id))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  return {
    connections: shown.map(({ connection, activation, content, partnerName, connector }) => ({
      id: connection.id,
      requestId: activation.requestId,
      integrationName: content.name,
      partnerName,
      connectorName: connectorOf(connector).name,
      environmentName: activation.environmentName,
      businessId: activation.businessId,
      state: connection.state,
      attention: connection.attention,
      activeSince: connection.createdAt.toISOString(),
    })),
    nextCursor: rows.length > page.limit ? (shown.at(-1)?.connection.id ?? null) : null,
  };
}
