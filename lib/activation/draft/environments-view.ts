import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import { findBatch } from "@/lib/activation/plan/queries";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { getConnector } from "@/lib/connectors/registry";
import type { Viewer } from "@/lib/people/account/schema";
import { listOpenConsents } from "./list-open-consents";
import { consentOf, countInFlight, type DraftRow, findGrantOfDraft, getPick } from "./queries";
import { roomUnderCap } from "./rules";
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
  const inFlight = await countInFlight(tx, draft.integrationId);
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
    inFlight,
    batch: await findBatchFor(tx, viewer, draft, roomUnderCap(content.cap, inFlight)),
    price: content.price,
    options: pick?.options ?? [],
    isHanded,
    consentOfColleague: grant?.state === "open" ? null : await findColleague(tx, viewer, draft.id),
    // What was named before is ticked, however much the vendor lists.
    isOverCapAtVendor: (pick?.isOverCapAtVendor ?? false) && draft.wantedExternalIds.length === 0,
    supportEmail: content.support.email,
  };
}

/** What the account plans is its members' to see: a guest has the draft alone. */
async function findBatchFor(
  tx: RequestTransaction,
  viewer: Viewer,
  draft: DraftRow,
  room: number,
): Promise<EnvironmentsView["batch"]> {
  return viewer.guestOf === undefined ? findBatch(tx as ScopedTransaction<"customer">, draft, room) : null;
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
