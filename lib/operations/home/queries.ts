import { desc, eq } from "drizzle-orm";
import { drafts, partners, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { openStepOf } from "@/lib/activation/draft/rules";
import { listPlans } from "@/lib/activation/plan/queries";
import { listRequests, listRequestsForCustomer } from "@/lib/activation/request/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import { listConnections } from "@/lib/connection/lifecycle/queries";
import { listPendingUpdates } from "@/lib/connection/update/queries";
import type { Locale } from "@/lib/core/locales";
import { listCompanies, listUsedIntegrations } from "@/lib/operations/company/queries";
import type { CompanyFilter } from "@/lib/operations/company/schema";
import type { DraftSummary, HomeView } from "./schema";

const PAGE = 20;
const NEWEST = 5;
/** What waits for the customer is named up to here; the filter *needs me* has them all. */
const ATTENTION = 5;

/** What `/home` shows for the scope's account, in the reader's language. */
export async function getHome(
  tx: ScopedTransaction<"customer">,
  filter: CompanyFilter,
  locale: Locale,
  requestsCursor?: string,
): Promise<HomeView> {
  const integrations = await listUsedIntegrations(tx, locale);
  const attention = await listConnections(tx, { limit: ATTENTION, locale }, "attention");
  const { requests, nextCursor: requestsNextCursor } = await listRequests(tx, {
    cursor: requestsCursor,
    limit: requestsCursor ? PAGE : NEWEST,
    locale,
  });
  return {
    waiting: await listRequestsForCustomer(tx, PAGE, locale),
    updates: await listPendingUpdates(tx, locale),
    drafts: await listDrafts(tx, locale),
    attention: attention.connections,
    hasMoreAttention: attention.nextCursor !== null,
    plans: await listPlans(tx, locale),
    page: await listCompanies(tx, filter, integrations),
    integrations,
    requests,
    requestsNextCursor,
  };
}

async function listDrafts(tx: ScopedTransaction<"customer">, locale: Locale): Promise<DraftSummary[]> {
  const rows = await tx
    .select({ draft: drafts, content: specifications.content, partnerName: partners.name })
    .from(drafts)
    .innerJoin(specifications, eq(specifications.id, drafts.specificationId))
    .innerJoin(partners, eq(partners.id, drafts.partnerId))
    .where(eq(drafts.state, "open"))
    .orderBy(desc(drafts.updatedAt))
    .limit(PAGE);
  const read = rows.map((row) => ({ ...row, content: readShown(row.content, locale) }));
  return read.map(({ draft, content, partnerName }) => ({
    id: draft.id,
    integrationName: content.name,
    partnerName,
    linkToken: draft.linkToken,
    step: openStepOf(draft, content.settings),
    updatedAt: draft.updatedAt.toISOString(),
  }));
}
