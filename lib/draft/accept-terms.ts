import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { drafts, grants } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { Viewer } from "@/lib/account/schema";
import { writeAudit } from "@/lib/audit/write-audit";
import { AppError } from "@/lib/core/app-error";
import type { IntegrationView } from "@/lib/integration/schema";
import { reserveLinkUse } from "@/lib/link/queries";

export type Acceptance = { specificationId: string; contentHash: string; acceptedAt: Date };

/**
 * Records the acceptance of exactly what was shown and opens the account's draft, or renews the one that is open.
 * Throws `changed_since_started` when another version has been published since the page was made, and `gone` when the link was for
 * a number of requests and all are taken.
 */
export async function acceptTerms(
  tx: ScopedTransaction<"customer">,
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
  await reserveLinkUse(tx);
  const accepted = {
    linkToken: integration.linkToken,
    specificationId: specification.id,
    contentHash: specification.contentHash,
    acceptedBy: viewer.userId,
    acceptedAt: acceptance.acceptedAt,
    updatedAt: new Date(),
  };
  const [draft] = await tx
    .insert(drafts)
    .values({
      ...accepted,
      accountId: viewer.accountId,
      integrationId: integration.integrationId,
      partnerId: integration.partner.id,
    })
    .onConflictDoUpdate({
      target: [drafts.accountId, drafts.integrationId],
      targetWhere: sql`state = 'open'`,
      set: accepted,
    })
    .returning({ id: drafts.id });
  if (!draft) throw new AppError("conflict", "draft");
  await attachGrantStartedAtVendor(tx, integration.integrationId, draft.id);
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: integration.partner.id,
    action: "draft.accept",
    subject: { kind: "draft", id: draft.id },
    detail: { specificationId: specification.id, contentHash: specification.contentHash },
  });
}

/** A customer who started at the vendor has a grant before a draft: the draft takes the newest one. */
async function attachGrantStartedAtVendor(
  tx: ScopedTransaction<"customer">,
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
