import { eq } from "drizzle-orm";
import { activationRequests, activations, connections, integrations, specifications } from "@/db/schema";
import { readContent } from "@/lib/catalogue/integration/read-content";
import { listHoldFacts } from "@/lib/connection/hold/queries";
import { issuesKeys } from "@/lib/connectors/connector";
import type { RightAsked } from "@/lib/connectors/manifest";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { findSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

export type LoadedConnection = Awaited<ReturnType<typeof loadConnection>>;

/** A connection with its key opened and the rights that its specification asks. Throws `not_found`. */
export async function loadConnection(context: WorkerContext, connectionId: string) {
  return asSystem(context, "read connection", async (tx) => {
    const [row] = await tx
      .select({
        connection: connections,
        activation: activations,
        content: specifications.content,
        vendorApplicationId: integrations.vendorApplicationId,
        connector: integrations.connector,
      })
      .from(connections)
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .innerJoin(integrations, eq(integrations.id, connections.integrationId))
      .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
      .innerJoin(specifications, eq(specifications.id, connections.specificationId))
      .where(eq(connections.id, connectionId));
    if (!row) throw new AppError("not_found", "connection");
    const secret = await findSecret(tx, context.keys, { kind: "connection", id: connectionId }, "api_key");
    const asked: RightAsked[] = readContent(row.content).technicalUser.rights;
    return {
      id: connectionId,
      state: row.connection.state,
      attention: row.connection.attention,
      verifiedAt: row.connection.verifiedAt,
      activationId: row.activation.id,
      partnerId: row.connection.partnerId,
      accountId: row.connection.accountId,
      integrationId: row.connection.integrationId,
      environmentId: row.connection.environmentId,
      connector: row.connector,
      /** Where a consent issues keys, one that is of no use is given back before it is destroyed; a pasted one is the customer's. */
      isRevocable: issuesKeys(getConnector(row.connector)) && row.connection.keySource === "issued",
      /** The activation has not ended yet: this is the first check of its connection. */
      isActivating: row.activation.state === "activating",
      externalId: row.activation.externalId,
      vendorApplicationId: row.vendorApplicationId,
      holds: await listHoldFacts(tx, connectionId),
      secret: secret?.value ?? null,
      asked,
    };
  });
}
