import { desc, eq } from "drizzle-orm";
import { drafts, partners, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { openStepOf } from "@/lib/activation/draft/rules";
import { listRequests } from "@/lib/activation/request/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import { hasConnections, listConnections } from "@/lib/connection/lifecycle/queries";
import type { Locale } from "@/lib/core/locales";
import type { DraftSummary, HomeView } from "./schema";

const PAGE = 20;

/** What `/home` shows for the scope's account, in the reader's language. */
export async function getHome(
  tx: ScopedTransaction<"customer">,
  wanted: { requests?: string; connections?: string; search?: string; ended?: boolean },
  locale: Locale,
): Promise<HomeView> {
  const { requests, nextCursor: requestsNextCursor } = await listRequests(tx, {
    cursor: wanted.requests,
    limit: PAGE,
    locale,
  });
  const all = await listConnections(
    tx,
    { cursor: wanted.connections, limit: PAGE, locale },
    { search: wanted.search, only: wanted.ended ? "ended" : undefined },
  );
  const attention = await listConnections(tx, { limit: PAGE, locale }, { only: "attention" });
  return {
    drafts: await listDrafts(tx, locale),
    attention: attention.connections,
    requests,
    requestsNextCursor,
    connections: all.connections,
    connectionsNextCursor: all.nextCursor,
    connectionSearch: wanted.search ?? "",
    areEnded: wanted.ended ?? false,
    hasConnections: await hasConnections(tx),
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
