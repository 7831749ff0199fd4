import { desc, eq } from "drizzle-orm";
import { drafts, partners, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listRequests } from "@/lib/activation/queries";
import { listConnections } from "@/lib/connection/queries";
import type { DraftSummary, HomeView } from "./schema";

const PAGE = 20;

/** What `/home` shows for the scope's account. */
export async function getHome(
  tx: ScopedTransaction<"customer">,
  cursors: { requests?: string; connections?: string },
): Promise<HomeView> {
  const { requests, nextCursor: requestsNextCursor } = await listRequests(tx, {
    cursor: cursors.requests,
    limit: PAGE,
  });
  const all = await listConnections(tx, { cursor: cursors.connections, limit: PAGE });
  const attention = await listConnections(tx, { limit: PAGE }, true);
  return {
    drafts: await listDrafts(tx),
    attention: attention.connections,
    requests,
    requestsNextCursor,
    connections: all.connections,
    connectionsNextCursor: all.nextCursor,
  };
}

async function listDrafts(tx: ScopedTransaction<"customer">): Promise<DraftSummary[]> {
  const rows = await tx
    .select({ draft: drafts, content: specifications.content, partnerName: partners.name })
    .from(drafts)
    .innerJoin(specifications, eq(specifications.id, drafts.specificationId))
    .innerJoin(partners, eq(partners.id, drafts.partnerId))
    .where(eq(drafts.state, "open"))
    .orderBy(desc(drafts.updatedAt))
    .limit(PAGE);
  return rows.map(({ draft, content, partnerName }) => ({
    id: draft.id,
    integrationName: content.name,
    partnerName,
    linkToken: draft.linkToken,
    step: draft.selectedAt ? "technical-user" : "environments",
    updatedAt: draft.updatedAt.toISOString(),
  }));
}
