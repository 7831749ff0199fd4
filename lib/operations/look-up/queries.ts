import { asc, eq } from "drizzle-orm";
import { activationRequests, activations, connections, integrations, partners } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { AppError } from "@/lib/core/app-error";
import type { LookedUp } from "./schema";

type Operator = ScopedTransaction<"operator">;

const about = {
  slug: integrations.slug,
  connector: integrations.connector,
  stage: integrations.stage,
  partnerName: partners.name,
};
type About = { slug: string; connector: string; stage: string; partnerName: string };

const namesOf = ({ slug, connector, stage, partnerName }: About) => ({
  integrationName: slug,
  partnerName,
  connectorId: connector,
  connectorName: connectorOf(connector).name,
  stage,
});

/** A request by its id. Throws `not_found`. */
export async function getRequestForOperator(tx: Operator, id: string): Promise<LookedUp> {
  const [row] = await tx
    .select({ state: activationRequests.state, submittedAt: activationRequests.submittedAt, ...about })
    .from(activationRequests)
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .innerJoin(partners, eq(partners.id, activationRequests.partnerId))
    .where(eq(activationRequests.id, id));
  if (!row) throw new AppError("not_found", "activation request");
  const rows = await tx
    .select({ id: connections.id, state: connections.state })
    .from(activations)
    .innerJoin(connections, eq(connections.activationId, activations.id))
    .where(eq(activations.requestId, id))
    .orderBy(asc(connections.id));
  return {
    kind: "request",
    id,
    requestId: id,
    state: row.state,
    since: row.submittedAt.toISOString(),
    connections: rows,
    ...namesOf(row),
  };
}

/** A connection by its id. Throws `not_found`. */
export async function getConnectionForOperator(tx: Operator, id: string): Promise<LookedUp> {
  const [row] = await tx
    .select({
      state: connections.state,
      stateSince: connections.stateSince,
      requestId: activations.requestId,
      ...about,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(partners, eq(partners.id, connections.partnerId))
    .where(eq(connections.id, id));
  if (!row) throw new AppError("not_found", "connection");
  return {
    kind: "connection",
    id,
    requestId: row.requestId,
    state: row.state,
    since: row.stateSince.toISOString(),
    connections: [],
    ...namesOf(row),
  };
}

/** Where the page of an id is: a request's, a connection's, or that of an activation's request. null: there is no such id. */
export async function findById(
  tx: Operator,
  id: string,
): Promise<{ kind: "request" | "connection"; id: string } | null> {
  const [request] = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(eq(activationRequests.id, id));
  if (request) return { kind: "request", id };
  const [connection] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.id, id));
  if (connection) return { kind: "connection", id };
  const [activation] = await tx
    .select({ requestId: activations.requestId })
    .from(activations)
    .where(eq(activations.id, id));
  return activation ? { kind: "request", id: activation.requestId } : null;
}
