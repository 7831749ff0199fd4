import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { findChangesUnderDraft, findOpenDraft } from "./queries";

/** Who of the account accepted what this version says for its open draft, and when; null when nobody did. */
export async function findAcceptance(
  tx: ScopedTransaction<"customer">,
  view: IntegrationView,
): Promise<{ acceptedAt: string; acceptedBy: string } | null> {
  const draft = await findOpenDraft(tx, view.integrationId);
  if (!draft || (await findChangesUnderDraft(tx, draft, view))) return null;
  const [accepter] = await tx
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, draft.acceptedBy));
  // Whoever accepted has left the account: somebody who is in it has to.
  return accepter ? { acceptedAt: draft.acceptedAt.toISOString(), acceptedBy: accepter.email } : null;
}
