import { and, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { activationRequests, activations, connections, integrations, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { isPaused } from "@/lib/connection/hold/queries";
import { shownState } from "@/lib/connection/lifecycle/rules";
import { isShownAs, needsUpdate } from "@/lib/connection/update/queries";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { dayRange } from "./rules";
import type {
  ConnectionListView,
  ConnectionRow,
  DecidableRequest,
  FilterChoices,
  PartnerConnectionFilter,
  RequestFilter,
  RequestListView,
  RequestRow,
} from "./schema";
import { activationsFound, requestsFound } from "./search";

type Partner = ScopedTransaction<"partner">;
const PAGE = 25;
/** A count of what waits ends here: beyond it nobody counts. */
export const WAITING_SHOWN = 99;

/** What there is to choose from, by name; versions are those that a customer can have accepted. */
/** What lists are narrowed by. */
export async function listChoices(tx: Partner): Promise<FilterChoices> {
  const named = await listIntegrations(tx);
  const rows = await tx
    .selectDistinct({ connector: integrations.connector })
    .from(integrations)
    .orderBy(integrations.connector);
  const versions = await tx
    .select({
      id: specifications.id,
      integrationId: specifications.integrationId,
      version: specifications.version,
    })
    .from(specifications)
    .where(inArray(specifications.state, ["published", "deprecated"]))
    .orderBy(desc(specifications.version));
  return {
    integrations: named,
    connectors: rows.map(({ connector }) => ({ id: connector, name: connectorOf(connector).name })),
    versions: named.flatMap(({ id, name, stage }) =>
      versions
        .filter(({ integrationId }) => integrationId === id)
        .map((one) => ({ id: one.id, version: one.version, integrationName: name, stage })),
    ),
  };
}

/** Ids stand in the condition, so that each has a range of its own in the index. */
async function narrowIntegration(
  tx: Partner,
  column: PgColumn,
  { integration, connector }: Pick<RequestFilter, "integration" | "connector">,
): Promise<SQL | undefined> {
  if (!connector) return integration ? eq(column, integration) : undefined;
  const rows = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(eq(integrations.connector, connector));
  const ids = rows.map(({ id }) => id);
  return inArray(column, integration ? ids.filter((id) => id === integration) : ids);
}

/**
 * The ids of a page, read from their table alone: joined with others before the limit, the planner may read all of the
 * partner's rows first.
 */
export async function listRequestIds(tx: Partner, filter: RequestFilter, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(await requestConditions(tx, filter))
    .orderBy(desc(activationRequests.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

async function requestConditions(tx: Partner, filter: RequestFilter): Promise<SQL | undefined> {
  const { state, version, from, to, q, before } = filter;
  const days = dayRange(from, to);
  return and(
    state && eq(activationRequests.state, state),
    await narrowIntegration(tx, activationRequests.integrationId, filter),
    version ? eq(activationRequests.specificationId, version) : undefined,
    days.from ? gte(activationRequests.submittedAt, days.from) : undefined,
    days.firstId ? gte(activationRequests.id, days.firstId) : undefined,
    days.before ? lt(activationRequests.submittedAt, days.before) : undefined,
    days.beforeId ? lt(activationRequests.id, days.beforeId) : undefined,
    q ? sql`${activationRequests.id} in ${requestsFound(q)}` : undefined,
    // Ids are ordered by time.
    before ? lt(activationRequests.id, before) : undefined,
  );
}

/** Names and numbers of versions, by id. Contents are large: each version is read once for a page. */
export async function listVersions(tx: Partner, ids: string[]) {
  const rows = await tx
    .select({ id: specifications.id, version: specifications.version, content: specifications.content })
    .from(specifications)
    .where(inArray(specifications.id, ids));
  return new Map(rows.map(({ id, version, content }) => [id, { version, name: readMain(content).name }]));
}

/** The partner's requests, newest first, a page of 25. */
export async function listRequests(tx: Partner, filter: RequestFilter): Promise<RequestListView> {
  const choices = await listChoices(tx);
  const ids = await listRequestIds(tx, filter, PAGE + 1);
  const rows = await tx
    .select({
      id: activationRequests.id,
      state: activationRequests.state,
      submittedAt: activationRequests.submittedAt,
      deadlineAt: activationRequests.deadlineAt,
      stage: integrations.stage,
      specificationId: activationRequests.specificationId,
    })
    .from(activationRequests)
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .where(inArray(activationRequests.id, ids))
    .orderBy(desc(activationRequests.id));
  const shown = rows.slice(0, PAGE);
  const companies = await listCompanies(
    tx,
    shown.map(({ id }) => id),
  );
  const versions = await listVersions(tx, [...new Set(shown.map(({ specificationId }) => specificationId))]);
  return {
    filter,
    requests: shown.map(({ specificationId, submittedAt, deadlineAt, ...row }) => ({
      ...row,
      integrationName: versions.get(specificationId)?.name ?? "",
      submittedAt: submittedAt.toISOString(),
      deadlineAt: row.state === "awaiting_partner" ? deadlineAt.toISOString() : null,
      ...(companies.get(row.id) ?? { firstCompany: "", companies: 0, counts: {} }),
    })),
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    choices,
  };
}

type Companies = Pick<RequestRow, "firstCompany" | "companies" | "counts">;

async function listCompanies(tx: Partner, requestIds: string[]): Promise<Map<string, Companies>> {
  const byRequest = new Map<string, Companies>();
  if (requestIds.length === 0) return byRequest;
  const rows = await tx
    .select({
      requestId: activations.requestId,
      state: activations.state,
      name: sql<string>`min(${activations.environmentName})`,
      count: sql<number>`count(*)::int`,
    })
    .from(activations)
    .where(inArray(activations.requestId, requestIds))
    .groupBy(activations.requestId, activations.state);
  for (const { requestId, state, name, count } of rows) {
    const before = byRequest.get(requestId) ?? { firstCompany: name, companies: 0, counts: {} };
    byRequest.set(requestId, {
      firstCompany: [name, before.firstCompany].sort()[0] ?? name,
      companies: before.companies + count,
      counts: { ...before.counts, [state]: count },
    });
  }
  return byRequest;
}

/** Requests of the partner that are decided together, in the order of their deadlines; what is not here is left out. */
export async function listDecidable(tx: Partner, ids: string[]): Promise<DecidableRequest[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({
      id: activationRequests.id,
      state: activationRequests.state,
      deadlineAt: activationRequests.deadlineAt,
      stage: integrations.stage,
      content: specifications.content,
    })
    .from(activationRequests)
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .where(inArray(activationRequests.id, ids))
    .orderBy(activationRequests.deadlineAt, activationRequests.id);
  const companies = await tx
    .select({
      requestId: activations.requestId,
      name: activations.environmentName,
      businessId: activations.businessId,
    })
    .from(activations)
    .where(inArray(activations.requestId, ids))
    .orderBy(activations.environmentName);
  return rows.map(({ content, deadlineAt, ...row }) => {
    const { name, partnerSteps } = readMain(content);
    return {
      ...row,
      deadlineAt: deadlineAt.toISOString(),
      integrationName: name,
      isFormPending: row.state === "awaiting_partner" && partnerSteps.kind === "form",
      companies: companies.filter(({ requestId }) => requestId === row.id),
    };
  });
}

/** How many requests wait for a decision, the oldest deadline first counted; at most one more than is shown. */
export async function countWaiting(tx: Partner): Promise<number> {
  const rows = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(eq(activationRequests.state, "awaiting_partner"))
    .limit(WAITING_SHOWN + 1);
  return rows.length;
}

async function connectionConditions(tx: Partner, filter: PartnerConnectionFilter): Promise<SQL | undefined> {
  const { state, version, from, to, q, before } = filter;
  const days = dayRange(from, to);
  return and(
    state && isShownAs(state),
    await narrowIntegration(tx, connections.integrationId, filter),
    version ? eq(connections.specificationId, version) : undefined,
    days.from ? gte(connections.createdAt, days.from) : undefined,
    days.firstId ? gte(connections.id, days.firstId) : undefined,
    days.before ? lt(connections.createdAt, days.before) : undefined,
    days.beforeId ? lt(connections.id, days.beforeId) : undefined,
    q ? sql`${connections.activationId} in ${activationsFound(q)}` : undefined,
    before ? lt(connections.id, before) : undefined,
  );
}

/** The partner's connections, newest first, a page of 25. */
export async function listPartnerConnections(
  tx: Partner,
  filter: PartnerConnectionFilter,
): Promise<ConnectionListView> {
  const choices = await listChoices(tx);
  const rows = await listConnectionRows(tx, filter, PAGE + 1);
  const byId = new Map(choices.integrations.map((one) => [one.id, one]));
  const shown = rows.slice(0, PAGE).map(({ externalId: _, ...row }): ConnectionRow => {
    const { createdAt, verifiedAt, integrationId, connector, ...said } = row;
    const { name = "", stage = "" } = byId.get(integrationId) ?? {};
    return {
      ...said,
      integrationName: name,
      connectorName: connectorOf(connector).name,
      stage,
      since: createdAt.toISOString(),
      checkedAt: verifiedAt?.toISOString() ?? null,
    };
  });
  return {
    filter,
    connections: shown,
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    choices,
  };
}

/** The connections of a filter, newest first. */
export async function listConnectionRows(tx: Partner, filter: PartnerConnectionFilter, limit: number) {
  const page = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(await connectionConditions(tx, filter))
    .orderBy(desc(connections.id))
    .limit(limit);
  if (page.length === 0) return [];
  const rows = await tx
    .select({
      id: connections.id,
      requestId: activations.requestId,
      state: connections.state,
      needsUpdate: needsUpdate(),
      attention: connections.attention,
      isPaused: isPaused(new Date()),
      company: activations.environmentName,
      businessId: activations.businessId,
      externalId: activations.externalId,
      createdAt: connections.createdAt,
      verifiedAt: connections.verifiedAt,
      integrationId: connections.integrationId,
      connector: integrations.connector,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(
      inArray(
        connections.id,
        page.map(({ id }) => id),
      ),
    )
    .orderBy(desc(connections.id));
  return rows.map(({ needsUpdate: isOwing, ...row }) => ({
    ...row,
    state: shownState({ state: row.state, needsUpdate: isOwing }),
  }));
}
