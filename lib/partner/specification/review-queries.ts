import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { integrations, partners, specificationReviews, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findProblems } from "@/lib/catalogue/draft/find-problems";
import { draftFromContent } from "@/lib/catalogue/draft/from-content";
import type { DraftProblem } from "@/lib/catalogue/draft/schema";
import { listRightsNeeded } from "@/lib/catalogue/draft/surplus-rights";
import { listDifferences } from "@/lib/catalogue/integration/differences";
import { judgeChange } from "@/lib/catalogue/integration/judge-change";
import { connectorOf, stageOf } from "@/lib/catalogue/integration/queries";
import { inLanguage, readContent, readMain } from "@/lib/catalogue/integration/read-content";
import type { SpecificationContent } from "@/lib/catalogue/integration/schema";
import { listTexts, TEXT_LANGUAGES } from "@/lib/catalogue/integration/texts";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import type { Viewer } from "@/lib/people/account/schema";
import type { ReviewDetails, ReviewListItem, RightChange } from "./schema";

type Operator = ScopedTransaction<"operator">;

const selection = {
  review: specificationReviews,
  specification: specifications,
  integration: integrations,
  partner: { name: partners.name, marketName: partners.marketName },
  firstApprover: sql<string | null>`kytkin.operator_email(${specificationReviews.firstApprovedBy})`,
};

function selectReviews(tx: Operator) {
  return tx
    .select(selection)
    .from(specificationReviews)
    .innerJoin(specifications, eq(specifications.id, specificationReviews.specificationId))
    .innerJoin(integrations, eq(integrations.id, specificationReviews.integrationId))
    .innerJoin(partners, eq(partners.id, specificationReviews.partnerId));
}
type Row = Awaited<ReturnType<typeof selectReviews>>[number];

async function readPublished(tx: Operator, integrationIds: string[]) {
  return tx
    .select()
    .from(specifications)
    .where(and(inArray(specifications.integrationId, integrationIds), eq(specifications.state, "published")));
}

function itemOf(row: Row, publishedVersion: number | null, viewer: Pick<Viewer, "userId">): ReviewListItem {
  return {
    specificationId: row.specification.id,
    integrationName: readMain(row.specification.content).name,
    version: row.specification.version,
    partnerName: row.partner.name,
    connectorName: connectorOf(row.integration.connector).name,
    stage: stageOf(row.integration.stage),
    state: row.specification.state,
    submittedAt: row.review.submittedAt.toISOString(),
    publishedVersion,
    isOwn: row.review.submittedBy === viewer.userId,
    firstApproval: firstApprovalOf(row, viewer),
  };
}

function firstApprovalOf(
  { review, firstApprover }: Row,
  viewer: Pick<Viewer, "userId">,
): ReviewListItem["firstApproval"] {
  const { firstApprovedBy, firstApprovedAt } = review;
  if (firstApprovedBy === null || firstApprovedAt === null) return null;
  // Who is no operator any more has no address here.
  return {
    by: firstApprover ?? "",
    at: firstApprovedAt.toISOString(),
    isOwn: firstApprovedBy === viewer.userId,
  };
}

const LATELY = 20;

/** Versions in review, the oldest first, and those that were decided lately. */
export async function listReviews(
  tx: Operator,
  viewer: Pick<Viewer, "userId">,
): Promise<{ waiting: ReviewListItem[]; decided: ReviewListItem[] }> {
  const isWaiting = eq(specifications.state, "in_review");
  const waiting = await selectReviews(tx).where(isWaiting).orderBy(specificationReviews.submittedAt);
  const decided = await selectReviews(tx)
    .where(inArray(specifications.state, ["approved", "rejected", "published"]))
    .orderBy(desc(specificationReviews.decidedAt))
    .limit(LATELY);
  const published = await readPublished(
    tx,
    waiting.map(({ integration }) => integration.id),
  );
  const versionOf = ({ integration }: Row): number | null =>
    published.find(({ integrationId }) => integrationId === integration.id)?.version ?? null;
  return {
    waiting: waiting.map((row) => itemOf(row, versionOf(row), viewer)),
    decided: decided.map((row) => itemOf(row, null, viewer)),
  };
}

/** One submitted version against what is published. Throws `not_found`. */
export async function getReview(
  tx: Operator,
  viewer: Pick<Viewer, "userId">,
  specificationId: string,
): Promise<ReviewDetails> {
  const [row] = await selectReviews(tx).where(eq(specificationReviews.specificationId, specificationId));
  if (!row) throw new AppError("not_found", "review");
  const after = readContent(row.specification.content);
  const [published] = await readPublished(tx, [row.integration.id]);
  const before = published && published.id !== row.specification.id ? readContent(published.content) : null;
  return {
    ...itemOf(row, before ? (published?.version ?? null) : null, viewer),
    connectorId: row.integration.connector,
    contentHash: row.specification.contentHash,
    note: row.review.note,
    reason: row.review.reason,
    decidedAt: row.review.decidedAt?.toISOString() ?? null,
    comments: row.review.comments,
    publishAt: row.review.publishRefused === null ? (row.review.publishAt?.toISOString() ?? null) : null,
    content: inLanguage(after, after.mainLanguage),
    differences: before ? listDifferences(before, after) : [],
    rights: before ? listRightChanges(before, after) : [],
    change: before && judgeChange(before, after, getConnector(row.integration.connector).manifest.rights),
    advice: adviceOf(row, after),
    languages: languagesOf(after),
  };
}

function languagesOf(content: SpecificationContent): Locale[] {
  const texts = listTexts(content);
  return TEXT_LANGUAGES.filter((language) => texts.some(({ text }) => text[language] !== undefined));
}

function listRightChanges(before: SpecificationContent, after: SpecificationContent): RightChange[] {
  const [old, now] = [before, after].map(
    (content) => inLanguage(content, after.mainLanguage).technicalUser.rights,
  );
  const changes = (now ?? []).flatMap((right): RightChange[] => {
    const former = old?.find(({ path }) => path === right.path);
    if (!former) return [{ kind: "added", ...right, formerLevel: null }];
    const isSame = former.level === right.level && former.reason === right.reason;
    return isSame ? [] : [{ kind: "changed", ...right, formerLevel: former.level }];
  });
  const gone = (old ?? []).filter(({ path }) => !now?.some((right) => right.path === path));
  return [
    ...changes,
    ...gone.map((right): RightChange => ({ kind: "removed", ...right, formerLevel: right.level })),
  ];
}

/** What the checks suggested when it was submitted, addresses left out: the partner saw it and submitted all the same. */
function adviceOf({ integration, partner }: Row, content: SpecificationContent): DraftProblem[] {
  const connector = getConnector(integration.connector);
  const { problems } = findProblems(draftFromContent(content), {
    manifest: connector.manifest,
    needed: listRightsNeeded(connector),
    marketName: partner.marketName ?? partner.name,
    addresses: new Map(),
    today: new Date().toISOString().slice(0, 10),
  });
  return problems;
}
