import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { isUniqueViolation } from "@/db/errors";
import { integrations, specificationDrafts, vendorApplications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { makeEmptyDraft } from "@/lib/catalogue/draft/empty";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { findStartOfDraft } from "./begin-draft";
import type { NewIntegration } from "./schema";

type Partner = ScopedTransaction<"partner">;

/**
 * Makes an integration on one of the partner's vendor applications, with a draft. Throws `forbidden`, `not_found` for another
 * partner's application or model, and `conflict` when the slug is taken.
 */
export async function createIntegration(
  tx: Partner,
  member: PartnerMember,
  { name, slug, vendorApplicationId, mainLanguage, copyOf }: NewIntegration,
): Promise<void> {
  assertMay(member, "specifications.edit");
  const { partnerId, userId } = member;
  const [application] = await tx
    .select()
    .from(vendorApplications)
    .where(and(eq(vendorApplications.id, vendorApplicationId), eq(vendorApplications.partnerId, partnerId)));
  if (!application) throw new AppError("not_found", "vendor application");
  const { connector, stage } = application;
  const content = copyOf
    ? await copyDraft(tx, member, copyOf, { name, connector })
    : makeEmptyDraft(name, mainLanguage);
  const id = uuidv7();
  await tx
    .insert(integrations)
    .values({ id, partnerId, slug, connector, stage, vendorApplicationId })
    .catch((error: unknown) => {
      if (isUniqueViolation(error, "integrations_slug_key"))
        throw new AppError("conflict", "the slug is taken");
      throw error;
    });
  await tx.insert(specificationDrafts).values({ integrationId: id, partnerId, content, savedBy: userId });
  await writeAudit(tx, {
    actor: { kind: "user", userId },
    partnerId,
    action: "integration.create",
    subject: { kind: "integration", id },
    detail: { connector, stage, copyOf },
  });
}

/** The texts of another integration under another name: for the production stage of what was tried in the test stage. */
async function copyDraft(
  tx: Partner,
  { partnerId }: PartnerMember,
  modelId: string,
  { name, connector }: { name: string; connector: string },
): Promise<DraftContent> {
  const [model] = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        eq(integrations.id, modelId),
        eq(integrations.partnerId, partnerId),
        eq(integrations.connector, connector),
      ),
    );
  const content = model && (await findStartOfDraft(tx, model.id));
  if (!content) throw new AppError("not_found", "integration to copy");
  return { ...content, name: { ...content.name, [content.mainLanguage]: name } };
}
