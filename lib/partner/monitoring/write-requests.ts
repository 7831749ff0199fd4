import { asc, desc, eq, inArray } from "drizzle-orm";
import { activationRequests, activations, connections, integrations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { maskEmail } from "@/lib/core/mask-email";
import { mayAsRole } from "@/lib/partner/organization/roles";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { streamCsv, type WriteLine } from "@/lib/platform/csv-stream";
import { listRequestIds, listVersions } from "./queries";
import type { RequestFilter } from "./schema";

type Partner = ScopedTransaction<"partner">;
type AsMember = <T>(work: (tx: Partner) => Promise<T>) => Promise<T>;

const REQUESTS_AT_ONCE = 500;
/** A file ends here and says so: beyond it a narrower filter gives smaller files that spreadsheets still open. */
export const MAX_EXPORTED_REQUESTS = 50_000;

const COLUMNS = [
  "request_id",
  "submitted_at",
  "request_state",
  "deadline_at",
  "decided_at",
  "settled_at",
  "integration",
  "stage",
  "connector",
  "version",
  "submitted_by",
  "customer_ref",
  "company",
  "business_id",
  "vendor_id",
  "company_state",
  "company_state_since",
  "failure_reason",
  "rejection_reason",
  "connection_id",
  "connection_state",
  "connection_attention",
] as const;

/**
 * The requests of a filter as CSV, newest first, a line for each company: page after page, each in a transaction of its own,
 * so that a slow reader holds none and a role that was taken away ends the file.
 */
export function writeRequests(
  member: PartnerMember,
  asMember: AsMember,
  filter: RequestFilter,
  limit = MAX_EXPORTED_REQUESTS,
): ReadableStream<Uint8Array> {
  return streamCsv(async (write) => {
    await write(COLUMNS);
    let before = filter.before;
    let left = limit;
    while (left > 0) {
      const wanted = Math.min(left, REQUESTS_AT_ONCE);
      const page = await asMember((tx) => listPage(tx, { ...filter, before }, wanted));
      for (const { request, companies } of page)
        for (const company of companies) await write(lineOf(member, request, company));
      if (page.length < wanted) return;
      left -= page.length;
      before = page.at(-1)?.request.id;
    }
    const hasMore = await asMember((tx) => listPage(tx, { ...filter, before }, 1));
    if (hasMore.length > 0) await writeCut(write, limit);
  });
}

const writeCut = (write: WriteLine, limit: number): Promise<void> =>
  write([`Cut off after ${limit} requests: narrow the list by date to get the others.`]);

async function listPage(tx: Partner, filter: RequestFilter, limit: number) {
  const ids = await listRequestIds(tx, filter, limit);
  if (ids.length === 0) return [];
  const rows = await tx
    .select({
      id: activationRequests.id,
      state: activationRequests.state,
      submittedAt: activationRequests.submittedAt,
      deadlineAt: activationRequests.deadlineAt,
      decidedAt: activationRequests.decidedAt,
      settledAt: activationRequests.settledAt,
      notifiedEmail: activationRequests.notifiedEmail,
      customerRef: activationRequests.customerRef,
      specificationId: activationRequests.specificationId,
      stage: integrations.stage,
      connector: integrations.connector,
    })
    .from(activationRequests)
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .where(inArray(activationRequests.id, ids))
    .orderBy(desc(activationRequests.id));
  const versions = await listVersions(tx, [...new Set(rows.map((row) => row.specificationId))]);
  const companies = await tx
    .select({ activation: activations, connection: connections })
    .from(activations)
    .leftJoin(connections, eq(connections.activationId, activations.id))
    .where(inArray(activations.requestId, ids))
    .orderBy(asc(activations.environmentName), asc(activations.externalId));
  const byRequest = new Map<string, typeof companies>();
  for (const company of companies) {
    const { requestId } = company.activation;
    byRequest.set(requestId, [...(byRequest.get(requestId) ?? []), company]);
  }
  return rows.map((row) => ({
    request: { ...row, ...(versions.get(row.specificationId) ?? { name: "", version: 0 }) },
    companies: byRequest.get(row.id) ?? [],
  }));
}

type Page = Awaited<ReturnType<typeof listPage>>[number];

function lineOf(
  { role }: PartnerMember,
  request: Page["request"],
  { activation, connection }: Page["companies"][number],
) {
  const iso = (at: Date | null): string => at?.toISOString() ?? "";
  const mayContact = mayAsRole(role, "customers.contact");
  return [
    request.id,
    iso(request.submittedAt),
    request.state,
    iso(request.deadlineAt),
    iso(request.decidedAt),
    iso(request.settledAt),
    request.name,
    request.stage,
    connectorOf(request.connector).name,
    request.version,
    mayContact ? request.notifiedEmail : maskEmail(request.notifiedEmail),
    request.customerRef ?? "",
    activation.environmentName,
    activation.businessId ?? "",
    activation.externalId,
    activation.state,
    iso(activation.stateSince),
    activation.failureReason ?? "",
    activation.rejectionReason ?? "",
    connection?.id ?? "",
    connection?.state ?? "",
    connection?.attention ?? "",
  ];
}
