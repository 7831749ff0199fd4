import { and, eq, inArray } from "drizzle-orm";
import { activations } from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import { findBatch } from "@/lib/activation/plan/queries";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { getConnector } from "@/lib/connectors/registry";
import type { Viewer } from "@/lib/people/account/schema";
import { consentOf, type DraftConsent, listConsentsOfDraft } from "./consents";
import { listOpenConsents } from "./list-open-consents";
import { countInFlight, type DraftRow, type EnvironmentPick, getPick } from "./queries";
import { roomUnderCap } from "./rules";
import type { ConsentView, EnvironmentsView } from "./schema";

/** Step 3 as its page shows it. */
export async function getEnvironmentsView(
  tx: RequestTransaction,
  viewer: Viewer,
  draft: DraftRow,
  integration: IntegrationView,
): Promise<EnvironmentsView> {
  const { content } = integration.specification;
  const consents = await listConsentsOfDraft(tx, draft.id);
  const consent = consentOf(consents, new Date());
  const handedGrantIds = listHanded(viewer, consents, consent);
  const isHanded = consent.state === "open" && handedGrantIds.length === consent.grantIds.length;
  // Which companies got no key is for the one to know who consented.
  if (consent.state === "open" && handedGrantIds.length > 0) consent.withoutKey = [];
  const inFlight = await countInFlight(tx, draft.integrationId);
  const pick = consent.state === "open" ? await getPick(tx, draft, consent, content.cap) : null;
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
    lapsed: pick?.lapsed ?? [],
    awaited: pick === null ? [] : await listAwaited(tx, draft, pick),
    isHanded,
    handedGrantIds,
    consentOfColleague: consent.state === "open" ? null : await findColleague(tx, viewer, draft.id),
    // What was named before is ticked, however much the vendor lists.
    isOverCapAtVendor: (pick?.isOverCapAtVendor ?? false) && draft.wantedExternalIds.length === 0,
    supportEmail: content.support.email,
  };
}

function listHanded(viewer: Viewer, consents: readonly DraftConsent[], consent: ConsentView): string[] {
  if (consent.state !== "open") return [];
  const own = new Set(consents.filter(({ userId }) => userId === viewer.userId).map(({ id }) => id));
  return consent.grantIds.filter((id) => !own.has(id));
}

/** Where each environment is consented to on its own: what the retried request was about and has no consent yet, by name. */
async function listAwaited(
  tx: RequestTransaction,
  draft: DraftRow,
  { options, lapsed }: EnvironmentPick,
): Promise<string[]> {
  if (draft.retryOf === null) return [];
  const known = new Set([...options, ...lapsed].map(({ externalId }) => externalId));
  const wanted = draft.wantedExternalIds.filter((id) => !known.has(id));
  if (wanted.length === 0) return [];
  const rows = await tx
    .select({ name: activations.environmentName })
    .from(activations)
    .where(and(eq(activations.requestId, draft.retryOf), inArray(activations.externalId, wanted)))
    .orderBy(activations.environmentName);
  return rows.map(({ name }) => name);
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
