import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { getConnector } from "@/lib/connectors/registry";
import type { Viewer } from "@/lib/people/account/schema";
import { listOpenConsents } from "./list-open-consents";
import { consentOf, countInFlight, type DraftRow, findGrantOfDraft, getPick } from "./queries";
import type { EnvironmentsView } from "./schema";

/** Step 3 as its page shows it. */
export async function getEnvironmentsView(
  tx: RequestTransaction,
  viewer: Viewer,
  draft: DraftRow,
  integration: IntegrationView,
): Promise<EnvironmentsView> {
  const { content } = integration.specification;
  const grant = await findGrantOfDraft(tx, draft.id);
  const consent = consentOf(grant, new Date());
  const isHanded = consent.state === "open" && grant?.userId !== viewer.userId;
  // Which companies got no key is for the one to know who consented.
  if (isHanded) consent.withoutKey = [];
  const pick = consent.state === "open" ? await getPick(tx, draft, consent.grantId, content.cap) : null;
  const connector = getConnector(integration.connector.id);
  return {
    linkToken: integration.linkToken,
    integrationName: content.name,
    partnerName: integration.partner.name,
    connectorId: integration.connector.id,
    connectorName: integration.connector.name,
    selectsAt: connector.manifest.selectsAt,
    consent,
    pasteHref: connector.pastedKey === undefined ? null : `/a/${integration.linkToken}/key`,
    cap: content.cap,
    inFlight: await countInFlight(tx, draft.integrationId),
    price: content.price,
    options: pick?.options ?? [],
    isHanded,
    consentOfColleague: grant?.state === "open" ? null : await findColleague(tx, viewer, draft.id),
    isOverCapAtVendor: pick?.isOverCapAtVendor ?? false,
    supportEmail: content.support.email,
  };
}

/** A member learns who else has a consent open for the draft; a guest, who sees no members, does not. */
async function findColleague(
  tx: RequestTransaction,
  viewer: Viewer,
  draftId: string,
): Promise<string | null> {
  if (viewer.guestOf !== undefined) return null;
  const open = await listOpenConsents(tx as ScopedTransaction<"customer">, draftId);
  return open.find(({ userId }) => userId !== viewer.userId)?.email ?? null;
}
