import type { ScopedTransaction } from "@/db/scope";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import { createFieldWords } from "@/lib/catalogue/integration/field-words";
import { canPreflight } from "@/lib/connectors/connector";
import { getConnector } from "@/lib/connectors/registry";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { findDraft } from "./begin-draft";
import { getOwnIntegration } from "./find-integration";
import { findReview, nameOfDraft } from "./queries";
import { stateOf } from "./save-draft";
import type { DraftState, SubmissionState } from "./schema";

/** What the editor begins with. */
export type EditorView = {
  name: string;
  content: DraftContent;
  state: DraftState;
  connector: {
    id: string;
    name: string;
    hasChecks: boolean;
    /** Ways in which the vendor sends invoices, named in English. */
    invoiceDelivery: { way: string; label: string }[];
  };
  catalogue: { path: string; levels: readonly string[]; limits: boolean }[];
  submission: { version: number; state: SubmissionState } | null;
  comments: Record<string, string>;
};

/** The draft with all that is beside it; null when there is none. Throws `not_found` for another partner's. */
export async function getEditorView(
  tx: ScopedTransaction<"partner">,
  member: PartnerMember,
  slug: string,
): Promise<EditorView | null> {
  const integration = await getOwnIntegration(tx, member, slug);
  const draft = await findDraft(tx, integration.id);
  if (!draft) return null;
  const review = await findReview(tx, integration);
  const connector = getConnector(integration.connector);
  const { id, name, rights, invoiceDelivery = [] } = connector.manifest;
  const words = createFieldWords("en", { partner: member.partnerName, connector: { id, name } });
  return {
    name: nameOfDraft(draft.content) ?? slug,
    content: draft.content,
    state: await stateOf(tx, integration, draft),
    connector: {
      id,
      name,
      hasChecks: canPreflight(connector),
      invoiceDelivery: invoiceDelivery.map((way) => ({ way, label: words.deliveryWay(way) })),
    },
    catalogue: rights.map(({ path, levels, limits = false }) => ({ path, levels, limits })),
    submission: review && { version: review.version, state: review.state },
    comments: review?.state === "rejected" ? review.comments : {},
  };
}
