import { and, desc, eq, lt } from "drizzle-orm";
import { activationRequests, activations, connections, integrations, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { findOffboardings } from "@/lib/connection/offboarding/queries";
import type { OffboardingView, PartnerConnectionView } from "@/lib/connection/offboarding/schema";
import { isShownAs, needsUpdate } from "@/lib/connection/update/queries";
import { AppError } from "@/lib/core/app-error";
import type { ApiCaller, ConnectionsQuery } from "./schema";

type Partner = ScopedTransaction<"partner">;

/** Connections of the key's partner and stage. */
function selectConnections(tx: Partner) {
  return tx
    .select({
      connection: connections,
      activation: activations,
      integration: integrations,
      specification: specifications,
      customerRef: activationRequests.customerRef,
      needsUpdate: needsUpdate(),
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(specifications, eq(specifications.id, connections.specificationId))
    .$dynamic();
}
type Row = Awaited<ReturnType<typeof selectConnections>>[number];

function toView(row: Row, offboarding: OffboardingView | undefined): PartnerConnectionView {
  const { connection, activation } = row;
  return {
    id: connection.id,
    activationRequestId: activation.requestId,
    integration: { slug: row.integration.slug, name: readMain(row.specification.content).name },
    environmentId: activation.environmentId,
    externalId: activation.externalId,
    name: activation.environmentName,
    businessId: activation.businessId,
    state: connection.state,
    attention: connection.attention,
    since: connection.createdAt.toISOString(),
    checkedAt: connection.verifiedAt?.toISOString() ?? null,
    customerRef: row.customerRef,
    specificationVersion: row.specification.version,
    updateRequired: row.needsUpdate && isLive(connection.state),
    offboarding: offboarding ?? null,
  };
}

/** Newest first, a page of `limit` before `cursor`. */
export async function listPartnerConnections(
  tx: Partner,
  caller: ApiCaller,
  { limit, cursor, state, integration, customerRef }: ConnectionsQuery,
): Promise<{ connections: PartnerConnectionView[]; nextCursor: string | null }> {
  const rows = await selectConnections(tx)
    .where(
      and(
        eq(integrations.stage, caller.stage),
        // What waits for a consent is active for the partner's software, and goes on.
        state === "update_required" ? isShownAs(state) : state && eq(connections.state, state),
        integration ? eq(integrations.slug, integration) : undefined,
        customerRef ? eq(activationRequests.customerRef, customerRef) : undefined,
        // Ids are ordered by time.
        cursor ? lt(connections.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(connections.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const ends = await findOffboardings(
    tx,
    shown.map(({ connection }) => connection.id),
  );
  return {
    connections: shown.map((row) => toView(row, ends.get(row.connection.id))),
    nextCursor: rows.length > limit ? (shown.at(-1)?.connection.id ?? null) : null,
  };
}

/** Throws `not_found` for another partner's and for another stage than the key's. */
export async function getPartnerConnection(
  tx: Partner,
  caller: ApiCaller,
  connectionId: string,
): Promise<PartnerConnectionView> {
  const [row] = await selectConnections(tx).where(
    and(eq(connections.id, connectionId), eq(integrations.stage, caller.stage)),
  );
  if (!row) throw new AppError("not_found", "connection");
  return toView(row, (await findOffboardings(tx, [connectionId])).get(connectionId));
}
