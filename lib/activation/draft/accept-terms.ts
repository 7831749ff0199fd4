import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { drafts, grants } from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import { findPlan } from "@/lib/activation/plan/queries";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { reserveLinkUse } from "@/lib/catalogue/link/queries";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** The viewer accepts; this is what was seen: when, which version and its hash. The language is the integration's view's. */
export type Acceptance = { specificationId: string; contentHash: string; acceptedAt: Date };

/**
 * Records the acceptance of exactly what was shown, in the language of `integration`, and opens the account's draft, or renews the one that is open.
 * Throws `changed_since_started` when another version has been published since the page was made, and `gone` when the link was
 * for a number of requests and all are taken.
 */
export async function acceptTerms(
  tx: RequestTransaction,
  viewer: Viewer,
  integration: IntegrationView,
  acceptance: Acceptance,
): Promise<void> {
  const { specification } = integration;
  if (
    acceptance.specificationId !== specification.id ||
    acceptance.contentHash !== specification.contentHash
  ) {
    throw new AppError("changed_since_started", "another version is published now");
  }
  // A guest goes on with a draft whose use the account reserved.
  if (!viewer.guestOf) await reserveLinkUse(tx as ScopedTransaction<"customer">);
  const accepted = {
    linkToken: integration.linkToken,
    specificationId: specification.id,
    contentHash: specification.contentHash,
    ...specification.shown,
    acceptedBy: viewer.userId,
    acceptedAt: acceptance.acceptedAt,
    updatedAt: new Date(),
  };
  const draft = viewer.guestOf
    ? await renewHandedDraft(tx, viewer.guestOf, accepted)
    : await openDraft(tx as ScopedTransaction<"customer">, viewer, integration, accepted);
  if (!viewer.guestOf) await attachGrantStartedAtVendor(tx, integration.integrationId, draft.id);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: integration.partner.id,
    action: "draft.accept",
    subject: { kind: "draft", id: draft.id },
    detail: {
      specificationId: specification.id,
      contentHash: specification.contentHash,
      language: specification.shown.language,
    },
  });
}

type Accepted = Pick<
  typeof drafts.$inferInsert,
  | "linkToken"
  | "specificationId"
  | "contentHash"
  | "acceptedBy"
  | "acceptedAt"
  | "language"
  | "structureHash"
  | "languageHash"
  | "updatedAt"
>;

/** A guest accepts anew for the draft that was handed over, and opens none. */
async function renewHandedDraft(
  tx: RequestTransaction,
  draftId: string,
  { linkToken: _, ...accepted }: Accepted,
): Promise<{ id: string }> {
  const [draft] = await tx
    .update(drafts)
    .set(accepted)
    .where(and(eq(drafts.id, draftId), eq(drafts.state, "open")))
    .returning({ id: drafts.id });
  if (!draft) throw new AppError("conflict", "draft");
  return draft;
}

async function openDraft(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  integration: IntegrationView,
  accepted: Accepted,
): Promise<{ id: string }> {
  const [draft] = await tx
    .insert(drafts)
    .values({
      ...accepted,
      accountId: viewer.accountId,
      integrationId: integration.integrationId,
      partnerId: integration.partner.id,
      wantedExternalIds: (await findPlan(tx, integration.integrationId))?.wantedExternalIds,
    })
    .onConflictDoUpdate({
      target: [drafts.accountId, drafts.integrationId],
      targetWhere: sql`state = 'open'`,
      set: accepted,
    })
    .returning({ id: drafts.id });
  if (!draft) throw new AppError("conflict", "draft");
  return draft;
}

/** A customer who started at the vendor has a grant before a draft: the draft takes the newest one. */
async function attachGrantStartedAtVendor(
  tx: RequestTransaction,
  integrationId: string,
  draftId: string,
): Promise<void> {
  const [grant] = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.integrationId, integrationId), eq(grants.state, "open"), isNull(grants.draftId)))
    .orderBy(desc(grants.createdAt))
    .limit(1);
  if (grant) await tx.update(grants).set({ draftId, updatedAt: new Date() }).where(eq(grants.id, grant.id));
}
