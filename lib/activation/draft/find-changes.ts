import type { RequestTransaction } from "@/db/scope";
import type { Difference } from "@/lib/catalogue/integration/differences";
import { arrange, inLanguage, listChangedFields } from "@/lib/catalogue/integration/read-content";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { type ChangesUnderDraft, findChangesUnderDraft, findOpenDraft } from "./queries";
import type { ChangedView } from "./schema";

/**
 * What changed between the accepted version and the published one; null when both say the same or there is no draft. Each
 * difference is shown in the reader's language where it is one there, else in the language of the acceptance.
 */
export async function findChanges(
  tx: RequestTransaction,
  view: IntegrationView,
): Promise<ChangedView | null> {
  const draft = await findOpenDraft(tx, view.integrationId);
  const { specification } = view;
  const changes = draft && (await findChangesUnderDraft(tx, draft, view));
  if (!changes) return null;
  return {
    linkToken: view.linkToken,
    connectorId: view.connector.id,
    connectorName: view.connector.name,
    partnerName: view.partner.name,
    specificationId: specification.id,
    contentHash: specification.contentHash,
    language: specification.shown.language,
    content: specification.content,
    differences: listDifferences(changes, specification.shown.language),
  };
}

function listDifferences(
  { before, after, accepted, fields }: ChangesUnderDraft,
  reader: ChangesUnderDraft["accepted"],
): Difference[] {
  const seen = new Set(listChangedFields(before, after, reader));
  return fields.map((field) => {
    const language = seen.has(field) ? reader : accepted;
    return {
      field,
      before: arrange(inLanguage(before, language), ""),
      after: arrange(inLanguage(after, language), ""),
    };
  });
}
