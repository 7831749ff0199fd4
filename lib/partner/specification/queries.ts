import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import {
  activationLinks,
  connections,
  integrations,
  specificationDrafts,
  specificationReviews,
  specifications,
  users,
  vendorApplications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { type DraftContent, draftContent } from "@/lib/catalogue/draft/schema";
import { candidateOf } from "@/lib/catalogue/draft/to-content";
import { connectorOf, stageOf } from "@/lib/catalogue/integration/queries";
import { arrange, readContent, readMain } from "@/lib/catalogue/integration/read-content";
import type { StoredContent } from "@/lib/catalogue/integration/schema";
import { canonicalJson } from "@/lib/core/canonical-json";
import { findRetirement } from "@/lib/partner/retirement/retirement";
import { judgeDraft } from "./draft-surroundings";
import { getOwnIntegration } from "./find-integration";
import { judgeAgainstPublished } from "./judge-against-published";
import { CONNECTIONS_COUNTED } from "./rules";
import type {
  ApplicationChoice,
  IntegrationListItem,
  IntegrationPageView,
  ReviewView,
  SubmissionState,
} from "./schema";

type Partner = ScopedTransaction<"partner">;

export async function listApplications(tx: Partner): Promise<ApplicationChoice[]> {
  const rows = await tx
    .select()
    .from(vendorApplications)
    .orderBy(
      asc(vendorApplications.connector),
      desc(vendorApplications.stage),
      asc(vendorApplications.clientId),
    );
  return rows.map(({ id, connector, stage, clientId }) => ({
    id,
    clientId,
    connectorName: connectorOf(connector).name,
    stage: stageOf(stage),
  }));
}

/** Whether the draft says something else than a stored version. */
function differs(draft: DraftContent, stored: StoredContent): boolean {
  // By way of JSON, in which what is undefined is left out.
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  return (
    canonicalJson(arrange(plain(candidateOf(draft)), "")) !==
    canonicalJson(arrange(plain(readContent(stored)), ""))
  );
}

const SUBMISSIONS: readonly string[] = ["in_review", "approved", "rejected", "withdrawn"];
const isSubmission = (state: string): state is SubmissionState => SUBMISSIONS.includes(state);

/** The name that a draft has so far, or null. */
export function nameOfDraft({ name, mainLanguage }: DraftContent): string | null {
  return name[mainLanguage]?.trim() || Object.values(name).find((one) => one?.trim()) || null;
}

/** The partner's integrations, by name. */
export async function listOwnIntegrations(tx: Partner): Promise<IntegrationListItem[]> {
  const rows = await tx
    .select({ integration: integrations, draft: specificationDrafts })
    .from(integrations)
    .leftJoin(specificationDrafts, eq(specificationDrafts.integrationId, integrations.id));
  const versions = await tx
    .select()
    .from(specifications)
    .where(
      inArray(
        specifications.integrationId,
        rows.map(({ integration }) => integration.id),
      ),
    )
    .orderBy(desc(specifications.version));
  return rows
    .map(({ integration, draft }) => {
      const own = versions.filter(({ integrationId }) => integrationId === integration.id);
      const [newest] = own;
      const content = draft && draftContent.parse(draft.content);
      const published = own.find(({ state }) => state === "published");
      return {
        slug: integration.slug,
        name:
          (content && nameOfDraft(content)) ?? (newest ? readMain(newest.content).name : integration.slug),
        connectorName: connectorOf(integration.connector).name,
        stage: stageOf(integration.stage),
        publishedVersion: published?.version ?? null,
        submission: newest && isSubmission(newest.state) ? newest.state : null,
        hasUnsentChanges: content !== null && (newest === undefined || differs(content, newest.content)),
        savedAt: draft?.savedAt.toISOString() ?? null,
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name) || one.slug.localeCompare(other.slug));
}

export async function findReview(
  tx: Partner,
  integration: { id: string; connector: string },
): Promise<ReviewView | null> {
  const [row] = await tx
    .select({
      specificationId: specificationReviews.specificationId,
      version: specifications.version,
      state: specifications.state,
      note: specificationReviews.note,
      submittedAt: specificationReviews.submittedAt,
      decidedAt: specificationReviews.decidedAt,
      reason: specificationReviews.reason,
      comments: specificationReviews.comments,
      publishAt: specificationReviews.publishAt,
      publishRefused: specificationReviews.publishRefused,
      content: specifications.content,
    })
    .from(specificationReviews)
    .innerJoin(specifications, eq(specifications.id, specificationReviews.specificationId))
    .where(eq(specificationReviews.integrationId, integration.id))
    .orderBy(desc(specifications.version))
    .limit(1);
  if (!row || !isSubmission(row.state)) return null;
  const { publishAt, publishRefused, content, ...review } = row;
  const isDecided = row.decidedAt !== null;
  return {
    ...review,
    state: row.state,
    submittedAt: row.submittedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    // What the first of two reviewers wrote is told with the decision.
    reason: isDecided ? row.reason : null,
    comments: isDecided ? row.comments : {},
    publication: publishAt && { at: publishAt.toISOString(), refused: publishRefused },
    change: await judgeAgainstPublished(tx, integration, readContent(content)),
  };
}

/** How many live connections are on each accepted version. Each is counted no further than a page says. */
async function countConnections(tx: Partner, specificationIds: string[]): Promise<Map<string, number>> {
  const rows = await tx
    .select({
      id: specifications.id,
      count: sql<number>`(select count(*)::int from (
        select 1 from ${connections} c where c.specification_id = specifications.id and c.state not in ('offboarding', 'removed')
          limit ${CONNECTIONS_COUNTED + 1}) counted)`,
    })
    .from(specifications)
    .where(inArray(specifications.id, specificationIds));
  return new Map(rows.map((row) => [row.id, row.count]));
}

/** One integration with its versions and its draft. Throws `not_found` for another partner's. */
export async function getIntegrationPage(
  tx: Partner,
  partner: { partnerId: string },
  slug: string,
): Promise<IntegrationPageView> {
  const integration = await getOwnIntegration(tx, partner, slug);
  const { id, connector, stage } = integration;
  const versions = await tx
    .select()
    .from(specifications)
    .where(eq(specifications.integrationId, id))
    .orderBy(desc(specifications.version));
  const [draft] = await tx
    .select({ row: specificationDrafts, savedBy: users.email })
    .from(specificationDrafts)
    .leftJoin(users, eq(users.id, specificationDrafts.savedBy))
    .where(eq(specificationDrafts.integrationId, id));
  const [application] = await tx
    .select({ clientId: vendorApplications.clientId })
    .from(vendorApplications)
    .where(eq(vendorApplications.id, integration.vendorApplicationId));
  const [links] = await tx
    .select({ count: count() })
    .from(activationLinks)
    .where(and(eq(activationLinks.integrationId, id), eq(activationLinks.kind, "shared")));
  const content = draft ? draftContent.parse(draft.row.content) : null;
  const [newest] = versions;
  const connected = await countConnections(
    tx,
    versions.map((one) => one.id),
  );
  return {
    id,
    slug,
    name: (content && nameOfDraft(content)) ?? (newest ? readMain(newest.content).name : slug),
    connectorId: connector,
    connectorName: connectorOf(connector).name,
    stage: stageOf(stage),
    clientId: application?.clientId ?? "",
    versions: versions.map((one) => ({
      id: one.id,
      version: one.version,
      state: one.state,
      contentHash: one.contentHash,
      createdAt: one.createdAt.toISOString(),
      publishedAt: one.publishedAt?.toISOString() ?? null,
      connections: connected.get(one.id) ?? 0,
    })),
    review: await findReview(tx, integration),
    draft:
      draft && content
        ? {
            savedAt: draft.row.savedAt.toISOString(),
            savedBy: draft.savedBy,
            problems: (await judgeDraft(tx, content, integration)).problems.filter(
              ({ weight }) => weight === "must",
            ).length,
            hasUnsentChanges: newest === undefined || differs(content, newest.content),
          }
        : null,
    linkCount: links?.count ?? 0,
    retirement: await findRetirement(tx, integration.id),
    connections: [...connected.values()].reduce((sum, one) => sum + one, 0),
  };
}
