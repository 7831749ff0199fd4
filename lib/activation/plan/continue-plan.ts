import { and, desc, eq } from "drizzle-orm";
import { drafts, memberships, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findOpenDraft } from "@/lib/activation/draft/queries";
import { listChangedFields, readContent } from "@/lib/catalogue/integration/read-content";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { findPlan } from "./queries";

/**
 * Begins the next batch of a plan and gives where to go on. The acceptance of the batch before is kept, as a retry keeps
 * it, while what is published says the same and its accepter is in the account; else the review of the link asks again. An
 * open draft is gone on with. Throws `gone` when nothing is left of the plan.
 */
export async function continuePlan(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  integrationId: string,
): Promise<string> {
  const plan = await findPlan(tx, integrationId);
  if (!plan || plan.wantedExternalIds.length === 0) throw new AppError("gone", "the plan has ended");
  const open = await findOpenDraft(tx, integrationId);
  if (open) return `/a/${open.linkToken}/environments`;
  const accepted = await findLastAcceptance(tx, integrationId);
  if (!accepted) return `/a/${plan.linkToken}`;
  const [draft] = await tx
    .insert(drafts)
    .values({
      accountId: viewer.accountId,
      integrationId,
      partnerId: accepted.partnerId,
      linkToken: plan.linkToken,
      specificationId: accepted.specificationId,
      contentHash: accepted.contentHash,
      language: accepted.language,
      structureHash: accepted.structureHash,
      languageHash: accepted.languageHash,
      acceptedBy: accepted.acceptedBy,
      acceptedAt: accepted.acceptedAt,
      settings: accepted.settings,
      wantedExternalIds: plan.wantedExternalIds,
    })
    .onConflictDoNothing()
    .returning({ id: drafts.id });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: accepted.partnerId,
    action: "plan.continue",
    subject: { kind: "integration", id: integrationId },
    detail: { companies: plan.wantedExternalIds.length, newDraft: draft?.id ?? null },
  });
  return `/a/${plan.linkToken}/environments`;
}

/** The newest submitted draft, when what is published now says the same to its accepter, who is a member still. */
async function findLastAcceptance(tx: ScopedTransaction<"customer">, integrationId: string) {
  const [newest] = await tx
    .select({ draft: drafts, memberId: memberships.userId, content: specifications.content })
    .from(drafts)
    .innerJoin(specifications, eq(specifications.id, drafts.specificationId))
    .leftJoin(memberships, eq(memberships.userId, drafts.acceptedBy))
    .where(and(eq(drafts.integrationId, integrationId), eq(drafts.state, "submitted")))
    .orderBy(desc(drafts.id))
    .limit(1);
  const [published] = await tx
    .select({ id: specifications.id, content: specifications.content })
    .from(specifications)
    .where(and(eq(specifications.integrationId, integrationId), eq(specifications.state, "published")));
  if (!newest?.memberId || !published) return null;
  if (newest.draft.specificationId === published.id) return newest.draft;
  const before = readContent(newest.content);
  const accepted = newest.draft.language ?? before.mainLanguage;
  return listChangedFields(before, readContent(published.content), accepted).length === 0
    ? newest.draft
    : null;
}
