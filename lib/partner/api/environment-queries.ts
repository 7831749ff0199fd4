import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { activationRequests, activations, connections, integrations, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { ActivationState } from "@/lib/activation/request/schema";
import { readMain } from "@/lib/catalogue/integration/read-content";
import type { ShownContent } from "@/lib/catalogue/integration/schema";
import type { ConnectionState } from "@/lib/connection/lifecycle/schema";
import { AppError } from "@/lib/core/app-error";
import type { ApiCaller } from "./schema";

type Partner = ScopedTransaction<"partner">;
type IdQuery = { limit: number; cursor?: string | undefined };

export type PartnerEnvironmentView = {
  id: string;
  connector: string;
  externalId: string;
  name: string;
  businessId: string | null;
  activations: {
    activationRequestId: string;
    integration: string;
    state: ActivationState;
    connectionId: string | null;
    connectionState: ConnectionState | null;
    customerRef: string | null;
  }[];
};

/** Companies that customers submitted, those with the newest ids first, each with all of its activations, newest first. */
export async function listPartnerEnvironments(
  tx: Partner,
  caller: ApiCaller,
  query: IdQuery & { businessId?: string | undefined },
): Promise<{ environments: PartnerEnvironmentView[]; nextCursor: string | null }> {
  const { environmentId, integrationId, businessId } = activations;
  const rows = await tx
    .selectDistinct({ id: environmentId })
    .from(activations)
    .innerJoin(integrations, eq(integrations.id, integrationId))
    .where(
      and(
        eq(integrations.stage, caller.stage),
        query.businessId ? eq(businessId, query.businessId) : undefined,
        query.cursor ? lt(environmentId, query.cursor) : undefined,
      ),
    )
    .orderBy(desc(environmentId))
    .limit(query.limit + 1);
  const ids = rows.slice(0, query.limit).map(({ id }) => id);
  return {
    environments: await readEnvironments(tx, caller, ids),
    nextCursor: rows.length > query.limit ? (ids.at(-1) ?? null) : null,
  };
}

/** Throws `not_found` for one that was never submitted to the partner in this stage. */
export async function getPartnerEnvironment(
  tx: Partner,
  caller: ApiCaller,
  id: string,
): Promise<PartnerEnvironmentView> {
  const [environment] = await readEnvironments(tx, caller, [id]);
  if (!environment) throw new AppError("not_found", "environment");
  return environment;
}

async function readEnvironments(
  tx: Partner,
  caller: ApiCaller,
  ids: string[],
): Promise<PartnerEnvironmentView[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({
      activation: activations,
      integration: integrations,
      connection: { id: connections.id, state: connections.state },
      customerRef: activationRequests.customerRef,
    })
    .from(activations)
    .innerJoin(integrations, eq(integrations.id, activations.integrationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .leftJoin(connections, eq(connections.activationId, activations.id))
    .where(and(eq(integrations.stage, caller.stage), inArray(activations.environmentId, ids)))
    .orderBy(desc(activations.id));
  const found = new Map<string, PartnerEnvironmentView>();
  for (const { activation, integration, connection, customerRef } of rows) {
    const id = activation.environmentId;
    const environment = found.get(id) ?? {
      id,
      connector: integration.connector,
      externalId: activation.externalId,
      name: activation.environmentName,
      businessId: activation.businessId,
      activations: [],
    };
    environment.activations.push({
      activationRequestId: activation.requestId,
      integration: integration.slug,
      state: activation.state,
      connectionId: connection?.id ?? null,
      connectionState: connection?.state ?? null,
      customerRef,
    });
    found.set(id, environment);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

export type PartnerSpecificationView = {
  id: string;
  integration: string;
  version: number;
  state: string;
  contentHash: string;
  publishedAt: string | null;
  /** As its partner wrote it first: software has no language. */
  content: ShownContent;
};

function selectSpecifications(tx: Partner) {
  return tx
    .select({ specification: specifications, slug: integrations.slug })
    .from(specifications)
    .innerJoin(integrations, eq(integrations.id, specifications.integrationId))
    .$dynamic();
}
type SpecificationRow = Awaited<ReturnType<typeof selectSpecifications>>[number];
const toSpecification = ({ specification, slug }: SpecificationRow): PartnerSpecificationView => ({
  id: specification.id,
  integration: slug,
  version: specification.version,
  state: specification.state,
  contentHash: specification.contentHash,
  publishedAt: specification.publishedAt?.toISOString() ?? null,
  content: readMain(specification.content),
});

/** Versions, newest first. */
export async function listPartnerSpecifications(
  tx: Partner,
  caller: ApiCaller,
  query: IdQuery & { integration?: string | undefined },
): Promise<{ specifications: PartnerSpecificationView[]; nextCursor: string | null }> {
  const rows = await selectSpecifications(tx)
    .where(
      and(
        eq(integrations.stage, caller.stage),
        query.integration ? eq(integrations.slug, query.integration) : undefined,
        query.cursor ? lt(specifications.id, query.cursor) : undefined,
      ),
    )
    .orderBy(desc(specifications.id))
    .limit(query.limit + 1);
  const shown = rows.slice(0, query.limit);
  return {
    specifications: shown.map(toSpecification),
    nextCursor: rows.length > query.limit ? (shown.at(-1)?.specification.id ?? null) : null,
  };
}

/** Throws `not_found`. */
export async function getPartnerSpecification(
  tx: Partner,
  caller: ApiCaller,
  id: string,
): Promise<PartnerSpecificationView> {
  const [row] = await selectSpecifications(tx).where(
    and(eq(specifications.id, id), eq(integrations.stage, caller.stage)),
  );
  if (!row) throw new AppError("not_found", "specification");
  return toSpecification(row);
}
