import type { RequestTransaction } from "@/db/scope";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { findChangesUnderDraft, findOpenDraft, getPreparation } from "./queries";

/** Who of the account accepted what this version says for its open draft, and when; null when nobody did. */
export async function findAcceptance(
  tx: RequestTransaction,
  view: IntegrationView,
): Promise<{ acceptedAt: string; acceptedBy: string } | null> {
  const draft = await findOpenDraft(tx, view.integrationId);
  if (!draft || (await findChangesUnderDraft(tx, draft, view))) return null;
  const { acceptedBy } = await getPreparation(tx, draft.id);
  // The one who accepted has no part in the draft any more: a member or guest of it has to accept.
  return acceptedBy === null ? null : { acceptedAt: draft.acceptedAt.toISOString(), acceptedBy };
}
