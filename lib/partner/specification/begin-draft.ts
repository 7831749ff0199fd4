import { desc, eq } from "drizzle-orm";
import { specificationDrafts, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { makeEmptyDraft } from "@/lib/catalogue/draft/empty";
import { draftFromContent } from "@/lib/catalogue/draft/from-content";
import { type DraftContent, draftContent } from "@/lib/catalogue/draft/schema";
import { readContent } from "@/lib/catalogue/integration/read-content";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import type { OwnIntegration } from "./find-integration";

type Partner = ScopedTransaction<"partner">;
export type DraftRow = typeof specificationDrafts.$inferSelect;

export async function findDraft(tx: Partner, integrationId: string): Promise<DraftRow | null> {
  const [row] = await tx
    .select()
    .from(specificationDrafts)
    .where(eq(specificationDrafts.integrationId, integrationId));
  return row ? { ...row, content: draftContent.parse(row.content) } : null;
}

/** What a draft of the integration is or would begin with: what is being written, else the newest version. */
export async function findStartOfDraft(tx: Partner, integrationId: string): Promise<DraftContent | null> {
  const draft = await findDraft(tx, integrationId);
  if (draft) return draft.content;
  const [newest] = await tx
    .select({ content: specifications.content })
    .from(specifications)
    .where(eq(specifications.integrationId, integrationId))
    .orderBy(desc(specifications.version))
    .limit(1);
  return newest ? draftFromContent(readContent(newest.content)) : null;
}

/** Begins a draft of an integration that has none: one that was imported by a command. Throws `forbidden`. */
export async function beginDraft(
  tx: Partner,
  member: PartnerMember,
  integration: OwnIntegration,
): Promise<void> {
  assertMay(member, "specifications.edit");
  const { partnerId, userId } = member;
  const content = (await findStartOfDraft(tx, integration.id)) ?? makeEmptyDraft(integration.slug, "en");
  const begun = await tx
    .insert(specificationDrafts)
    .values({ integrationId: integration.id, partnerId, content, savedBy: userId })
    .onConflictDoNothing()
    .returning({ id: specificationDrafts.integrationId });
  if (begun.length === 0) return;
  await writeAudit(tx, {
    actor: { kind: "user", userId },
    partnerId,
    action: "specification.begin_draft",
    subject: { kind: "integration", id: integration.id },
  });
}
