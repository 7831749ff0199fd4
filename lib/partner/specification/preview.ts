import { eq } from "drizzle-orm";
import { integrations, partners, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { previewContent } from "@/lib/catalogue/draft/preview-content";
import type { DraftLanguage } from "@/lib/catalogue/draft/schema";
import { connectorOf, stageOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import type { IntegrationView, ShownContent } from "@/lib/catalogue/integration/schema";
import { AppError } from "@/lib/core/app-error";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { findDraft } from "./begin-draft";
import { getOwnIntegration } from "./find-integration";

type Shown = {
  integration: typeof integrations.$inferSelect;
  partnerName: string;
  content: ShownContent;
  language: DraftLanguage;
};

/** As a link leads to it, with nothing in it that could be accepted. */
function viewOf({ integration, partnerName, content, language }: Shown): IntegrationView {
  return {
    linkToken: "",
    integrationId: integration.id,
    partner: { id: integration.partnerId, name: partnerName },
    connector: connectorOf(integration.connector),
    stage: stageOf(integration.stage),
    specification: {
      id: "",
      version: 0,
      contentHash: "",
      shown: { language, structureHash: null, languageHash: null },
      content,
    },
  };
}

/** The draft as a customer would get it. Throws `not_found` without a draft, or for another partner's integration. */
export async function getDraftPreview(
  tx: ScopedTransaction<"partner">,
  member: PartnerMember,
  slug: string,
  { language, missing }: { language: DraftLanguage; missing: string },
): Promise<IntegrationView> {
  const integration = await getOwnIntegration(tx, member, slug);
  const draft = await findDraft(tx, integration.id);
  if (!draft) throw new AppError("not_found", "draft");
  const gaps = {
    text: missing,
    address: "https://example.com/",
    today: new Date().toISOString().slice(0, 10),
  };
  const content = previewContent(draft.content, language, gaps);
  return viewOf({ integration, partnerName: member.partnerName, content, language });
}

/** A submitted version as a customer would get it, for an operator; null when there is none. */
export async function findVersionPreview(
  tx: ScopedTransaction<"operator">,
  specificationId: string,
  language: DraftLanguage,
): Promise<IntegrationView | null> {
  const [row] = await tx
    .select({ integration: integrations, partnerName: partners.name, content: specifications.content })
    .from(specifications)
    .innerJoin(integrations, eq(integrations.id, specifications.integrationId))
    .innerJoin(partners, eq(partners.id, specifications.partnerId))
    .where(eq(specifications.id, specificationId));
  return row ? viewOf({ ...row, content: readShown(row.content, language), language }) : null;
}
