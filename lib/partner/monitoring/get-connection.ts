import { eq } from "drizzle-orm";
import { activationRequests, activations, connections, integrations, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { findHolds } from "@/lib/connection/hold/queries";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { needsUpdate } from "@/lib/connection/update/queries";
import { AppError } from "@/lib/core/app-error";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { PartnerConnectionDetails } from "./schema";

/** One connection as its partner sees it. Throws `not_found` for another partner's. */
export async function getConnectionDetails(
  tx: ScopedTransaction<"partner">,
  member: PartnerMember,
  connectionId: string,
): Promise<PartnerConnectionDetails> {
  const [row] = await tx
    .select({
      connection: connections,
      activation: activations,
      integration: integrations,
      content: specifications.content,
      version: specifications.version,
      needsUpdate: needsUpdate(),
      customerRef: activationRequests.customerRef,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(specifications, eq(specifications.id, connections.specificationId))
    .where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  const { connection, activation, integration } = row;
  const hasEnded = !isLive(connection.state);
  const holds = hasEnded ? [] : ((await findHolds(tx, [connection.id])).get(connection.id) ?? []);
  return {
    id: connection.id,
    requestId: activation.requestId,
    state: connection.state,
    attention: connection.attention,
    holds,
    canEnd: !hasEnded && activation.state !== "activating",
    partnerName: member.partnerName,
    integrationName: readMain(row.content).name,
    connectorId: integration.connector,
    connectorName: connectorOf(integration.connector).name,
    stage: integration.stage,
    specificationVersion: row.version,
    isUpdateRequired: row.needsUpdate && isLive(connection.state),
    company: activation.environmentName,
    businessId: activation.businessId,
    externalId: activation.externalId,
    customerRef: row.customerRef,
    since: connection.createdAt.toISOString(),
    checkedAt: connection.verifiedAt?.toISOString() ?? null,
  };
}
