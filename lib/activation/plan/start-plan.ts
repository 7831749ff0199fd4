import { and, eq, inArray, sql } from "drizzle-orm";
import { activationPlans, candidates, drafts, grants, integrations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findOpenDraft } from "@/lib/activation/draft/queries";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { listLacking } from "./queries";
import { MAX_PLANNED } from "./schema";

/**
 * Plans to activate an integration in these companies of the account, or in all that lack it when none is named, and
 * gives where to go on: the review of a link, where an acceptance begins the first batch, or the companies of a draft
 * that is open already. A plan replaces the one before it. Throws `not_found` for an integration that the account does
 * not know, `gone` when no link of it works, `conflict` when no company lacks it.
 */
export async function startPlan(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  wanted: { integrationId: string; companyIds: readonly string[] },
): Promise<string> {
  const [integration] = await tx.select().from(integrations).where(eq(integrations.id, wanted.integrationId));
  if (!integration) throw new AppError("not_found", "integration");
  const [link] = await tx.execute<{ link_token: string }>(
    sql`select link_token from kytkin.known_links() where integration_id = ${integration.id}`,
  );
  if (!link) throw new AppError("gone", "no link of the integration works");
  const wantedExternalIds = await listLacking(tx, integration, wanted.companyIds, MAX_PLANNED);
  if (wantedExternalIds.length === 0) throw new AppError("conflict", "no company lacks the integration");

  const now = new Date();
  const plan = {
    linkToken: link.link_token,
    wantedExternalIds,
    totalCount: wantedExternalIds.length,
    createdAt: now,
    updatedAt: now,
  };
  await tx
    .insert(activationPlans)
    .values({ ...plan, accountId: viewer.accountId, integrationId: integration.id })
    .onConflictDoUpdate({ target: [activationPlans.accountId, activationPlans.integrationId], set: plan });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: integration.partnerId,
    action: "plan.start",
    subject: { kind: "integration", id: integration.id },
    detail: { companies: wantedExternalIds.length },
  });
  const draft = await findOpenDraft(tx, integration.id);
  if (!draft) return `/a/${link.link_token}`;
  await giveToDraft(tx, viewer, draft.id, wantedExternalIds);
  return `/a/${draft.linkToken}/environments`;
}

/** What the viewer ticked in the draft before gives way to what is wanted now; another person's consent is not theirs to choose from. */
async function giveToDraft(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  draftId: string,
  wantedExternalIds: string[],
): Promise<void> {
  await tx
    .update(drafts)
    .set({ wantedExternalIds, selectedAt: null, updatedAt: new Date() })
    .where(eq(drafts.id, draftId));
  const ofDraft = tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.draftId, draftId), eq(grants.userId, viewer.userId)));
  await tx.update(candidates).set({ pickedAt: null }).where(inArray(candidates.grantId, ofDraft));
}
