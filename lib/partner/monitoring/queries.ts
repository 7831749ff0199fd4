import { and, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { activationRequests, activations, connections, integrations, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readMain } from "@/lib/catalogue/integration/read-content";
import { isPaused } from "@/lib/connection/hold/queries";
import { listIntegrations } from "@/lib/partner/organization/queries";
import { dayRange, parseSearch, type TextRange } from "./rules";
import type {
  ConnectionListView,
  ConnectionRow,
  PartnerConnectionFilter,
  RequestFilter,
  RequestListView,
  RequestRow,
} from "./schema";

type Partner = ScopedTransaction<"partner">;
const PAGE = 25;
/** A count of what waits ends here: beyond it nobody counts. */
export const WAITING_SHOWN = 99;

/** Byte by byte, as the indexes of `activations.search_name` and `search_number` are ordered. */
const isIn = (column: SQL, { from, below }: TextRange): SQL =>
  sql`(${column} operator(pg_catalog.~>=~) ${from} and ${column} operator(pg_catalog.~<~) ${below})`;

/**
 * Ids of what has a company whose name or number begins with `q`: for each of the two one scan of its own index. The
 * partner stands in the row, so that the policy's condition is the index's first column.
 */
function matching(column: "request_id" | "id", q: string): SQL | undefined {
  const search = parseSearch(q);
  if (search.kind === "request") return undefined;
  const given = sql`a.partner_id = (select kytkin.partner_id())`;
  const select = sql`select a.${sql.identifier(column)} from ${activations} a where ${given} and`;
  const byName = sql`${select} ${isIn(sql`a.search_name`, search.name)}`;
  return search.number
    ? sql`(${byName} union all ${select} ${isIn(sql`a.search_number`, search.number)})`
    : sql`(${byName})`;
}

function requestConditions({ state, integration, from, to, q, before }: RequestFilter): SQL | undefined {
  const days = dayRange(from, to);
  const search = q ? parseSearch(q) : null;
  const ids = q ? matching("request_id", q) : undefined;
  return and(
    state && eq(activationRequests.state, state),
    integration ? eq(activationRequests.integrationId, integration) : undefined,
    days.from ? gte(activationRequests.submittedAt, days.from) : undefined,
    days.firstId ? gte(activationRequests.id, days.firstId) : undefined,
    days.before ? lt(activationRequests.submittedAt, days.before) : undefined,
    days.beforeId ? lt(activationRequests.id, days.beforeId) : undefined,
    search?.kind === "request" ? eq(activationRequests.id, search.id) : undefined,
    ids ? sql`${activationRequests.id} in ${ids}` : undefined,
    // Ids are ordered by time.
    before ? lt(activationRequests.id, before) : undefined,
  );
}

/** The partner's requests, newest first, a page of 25. */
export async function listRequests(tx: Partner, filter: RequestFilter): Promise<RequestListView> {
  const rows = await tx
    .select({
      id: activationRequests.id,
      state: activationRequests.state,
      submittedAt: activationRequests.submittedAt,
      deadlineAt: activationRequests.deadlineAt,
      stage: integrations.stage,
      content: specifications.content,
    })
    .from(activationRequests)
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .where(requestConditions(filter))
    .orderBy(desc(activationRequests.id))
    .limit(PAGE + 1);
  const shown = rows.slice(0, PAGE);
  const companies = await listCompanies(
    tx,
    shown.map(({ id }) => id),
  );
  return {
    filter,
    requests: shown.map(({ content, submittedAt, deadlineAt, ...row }) => ({
      ...row,
      integrationName: readMain(content).name,
      submittedAt: submittedAt.toISOString(),
      deadlineAt: row.state === "awaiting_partner" ? deadlineAt.toISOString() : null,
      ...(companies.get(row.id) ?? { firstCompany: "", companies: 0, counts: {} }),
    })),
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    integrations: await listIntegrations(tx),
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

/** How many requests wait for a decision, the oldest deadline first counted; at most one more than is shown. */
export async function countWaiting(tx: Partner): Promise<number> {
  const rows = await tx
    .select({ id: activationRequests.id })
    .from(activationRequests)
    .where(eq(activationRequests.state, "awaiting_partner"))
    .limit(WAITING_SHOWN + 1);
  return rows.length;
}

function connectionConditions({ state, integration, q, before }: PartnerConnectionFilter): SQL | undefined {
  const search = q ? parseSearch(q) : null;
  const ids = q ? matching("id", q) : undefined;
  return and(
    state && eq(connections.state, state),
    integration ? eq(connections.integrationId, integration) : undefined,
    search?.kind === "request" ? eq(activations.requestId, search.id) : undefined,
    ids ? sql`${connections.activationId} in ${ids}` : undefined,
    before ? lt(connections.id, before) : undefined,
  );
}

/** The partner's connections, newest first, a page of 25. */
export async function listPartnerConnections(
  tx: Partner,
  filter: PartnerConnectionFilter,
): Promise<ConnectionListView> {
  const rows = await tx
    .select({
      id: connections.id,
      requestId: activations.requestId,
      state: connections.state,
      attention: connections.attention,
      isPaused: isPaused(new Date()),
      company: activations.environmentName,
      businessId: activations.businessId,
      createdAt: connections.createdAt,
      verifiedAt: connections.verifiedAt,
      integrationId: connections.integrationId,
      connector: integrations.connector,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .where(connectionConditions(filter))
    .orderBy(desc(connections.id))
    .limit(PAGE + 1);
  const choices = await listIntegrations(tx);
  const byId = new Map(choices.map((one) => [one.id, one]));
  const shown = rows.slice(0, PAGE).map((found): ConnectionRow => {
    const { createdAt, verifiedAt, integrationId, connector, ...row } = found;
    const { name = "", stage = "" } = byId.get(integrationId) ?? {};
    return {
      ...row,
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
    integrations: choices,
  };
}
