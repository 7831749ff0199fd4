import type { ScopedTransaction } from "@/db/scope";
import { getConnector } from "@/lib/connectors/registry";
import type { IntegrationView } from "@/lib/integration/schema";
import { findBatch } from "@/lib/plan/queries";
import { consentOf, countInFlight, type DraftRow, findGrantOfDraft, getPick } from "./queries";
import { roomUnderCap } from "./rules";
import type { EnvironmentsView } from "./schema";

/** Step 3 as its page shows it. */
export async function getEnvironmentsView(
  tx: ScopedTransaction<"customer">,
  draft: DraftRow,
  integration: IntegrationView,
): Promise<EnvironmentsView> {
  const { content } = integration.specification;
  const consent = consentOf(await findGrantOfDraft(tx, draft.id), new Date());
  const inFlight = await countInFlight(tx, draft.integrationId);
  const batch = await findBatch(tx, draft, roomUnderCap(content.cap, inFlight));
  const pick = consent.state === "open" ? await getPick(tx, draft, consent.grantId, content.cap) : null;
  const { capabilities } = getConnector(integration.connector.id).manifest;
  return {
    linkToken: integration.linkToken,
    integrationName: content.name,
    partnerName: integration.partner.name,
    connectorId: integration.connector.id,
    connectorName: integration.connector.name,
    selectsAt: capabilities.selectsAt,
    consent,
    pasteHref: capabilities.pastedKey === null ? null : `/a/${integration.linkToken}/key`,
    cap: content.cap,
    inFlight,
    batch,
    price: content.price,
    options: pick?.options ?? [],
    // What was named before is ticked, however much the vendor lists.
    isOverCapAtVendor: (pick?.isOverCapAtVendor ?? false) && draft.wantedExternalIds.length === 0,
    supportEmail: content.support.email,
  };
}
