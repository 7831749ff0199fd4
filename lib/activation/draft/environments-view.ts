import type { ScopedTransaction } from "@/db/scope";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { getConnector } from "@/lib/connectors/registry";
import { consentOf, countInFlight, type DraftRow, findGrantOfDraft, getPick } from "./queries";
import type { EnvironmentsView } from "./schema";

/** Step 3 as its page shows it. */
export async function getEnvironmentsView(
  tx: ScopedTransaction<"customer">,
  draft: DraftRow,
  integration: IntegrationView,
): Promise<EnvironmentsView> {
  const { content } = integration.specification;
  const consent = consentOf(await findGrantOfDraft(tx, draft.id), new Date());
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
    isOverCapAtVendor: pick?.isOverCapAtVendor ?? false,
    supportEmail: content.support.email,
  };
}
