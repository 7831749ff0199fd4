import { and, desc, eq, sql } from "drizzle-orm";
import { candidates, grants, integrations, specifications } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import { findOpenDraft } from "@/lib/activation/draft/queries";
import { isConsentUnderWay } from "@/lib/activation/draft/rules";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { readShown } from "@/lib/catalogue/integration/read-content";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { sha256 } from "@/lib/core/hash";
import type { Locale } from "@/lib/core/locales";
import type { Viewer } from "@/lib/people/account/schema";
import type { ConsentReturn, DepartureView, VendorReturnView } from "./schema";
import { GRANT_REFUSALS, type GrantRefusal, type GrantState } from "./schema";

type Grant = Awaited<ReturnType<typeof getOwnGrant>>;

async function getOwnGrant(tx: RequestTransaction, viewer: Viewer, grantId: string) {
  const [grant] = await tx
    .select({
      id: grants.id,
      state: grants.state,
      refusedBecause: grants.refusedBecause,
      vendorAnswer: grants.vendorAnswer,
      withoutKey: grants.withoutKey,
      initiatorName: grants.initiatorName,
      initiatorMasked: grants.initiatorMasked,
      linkToken: grants.linkToken,
      draftId: grants.draftId,
      expiresAt: grants.expiresAt,
      integrationId: grants.integrationId,
      connector: grants.connector,
      keysFrom: grants.keysFrom,
    })
    .from(grants)
    .where(and(eq(grants.id, grantId), eq(grants.userId, viewer.userId)));
  if (!grant) throw new AppError("not_found", "grant");
  return grant;
}

/** What the page after the vendor's return shows. Throws `not_found` for somebody else's grant. */
export async function getVendorReturn(
  tx: RequestTransaction,
  viewer: Viewer,
  grantId: string,
  locale: Locale,
): Promise<VendorReturnView> {
  const grant = await getOwnGrant(tx, viewer, grantId);
  const connectorName = connectorOf(grant.connector).name;
  switch (grant.state) {
    case "reading":
      return { state: "reading", grantId, connectorName, vendorAnswer: grant.vendorAnswer };
    case "unconfirmed":
      return confirmView(tx, viewer, grant, { connectorName, locale });
    case "awaiting_initiator": {
      const expiresAt = grant.expiresAt?.toISOString() ?? null;
      return {
        state: "awaiting_initiator",
        grantId,
        connectorName,
        maskedEmail: grant.initiatorMasked ?? "***",
        expiresAt,
      };
    }
    case "refused": {
      return refusedView(tx, viewer, grant, refusalOf(grant), locale);
    }
    default:
      if (!grant.linkToken) return refusedView(tx, viewer, grant, "no_link", locale);
      return { state: "done", linkToken: grant.linkToken };
  }
}

/** Why the grant was refused: one of our codes or of the vendor's; a code that neither knows is told as trouble. */
function refusalOf({ refusedBecause, connector }: Grant): GrantRefusal {
  const isKnown =
    GRANT_REFUSALS.some((refusal) => refusal === refusedBecause) ||
    Object.hasOwn(getConnector(connector).manifest.refusals, refusedBecause ?? "");
  return isKnown && refusedBecause !== null ? refusedBecause : "unavailable";
}

async function refusedView(
  tx: RequestTransaction,
  viewer: Viewer,
  grant: Grant,
  code: GrantRefusal,
  locale: Locale,
): Promise<VendorReturnView> {
  // What came back with our state came back once: it cannot be read again.
  const canReadAgain = code === "unavailable" && grant.keysFrom === "decision";
  const isNotRead =
    (code === "unavailable" && !canReadAgain) || (code === "nothing_granted" && grant.withoutKey.length > 0);
  const draft = await findOpenDraft(tx, grant.integrationId);
  const linkToken = draft?.linkToken ?? null;
  const { pastedKey, manifest } = getConnector(grant.connector);
  const needsOtherRights = code === "nothing_granted" || manifest.refusals[code]?.needsOtherRights === true;
  return {
    state: "refused",
    connectorId: grant.connector,
    connectorName: connectorOf(grant.connector).name,
    integrationName: await findName(tx, grant.integrationId, locale),
    code: isNotRead ? "not_read" : code,
    withoutKey: grant.withoutKey,
    // Whether the vendor knows a request is told apart by nobody who may not have it.
    vendorAnswer: code === "not_found" || code === "already_claimed" ? null : grant.vendorAnswer,
    startAgainHref: linkToken === null || canReadAgain ? null : `/a/${linkToken}/environments`,
    handOverHref:
      linkToken !== null && viewer.guestOf === undefined && needsOtherRights
        ? `/a/${linkToken}/hand-over`
        : null,
    pasteHref: linkToken === null || pastedKey === undefined ? null : `/a/${linkToken}/key`,
  };
}

/** The published name of an integration, else its slug: the customer may have started at the vendor. */
async function findName(tx: RequestTransaction, integrationId: string, locale: Locale): Promise<string> {
  const [row] = await tx
    .select({ content: specifications.content, slug: integrations.slug })
    .from(integrations)
    .leftJoin(
      specifications,
      and(eq(specifications.integrationId, integrations.id), eq(specifications.state, "published")),
    )
    .where(eq(integrations.id, integrationId));
  return row?.content ? readShown(row.content, locale).name : (row?.slug ?? "");
}

async function confirmView(
  tx: RequestTransaction,
  viewer: Viewer,
  grant: Grant,
  { connectorName, locale }: { connectorName: string; locale: Locale },
): Promise<VendorReturnView> {
  const rows = await tx
    .select({ name: candidates.name, externalId: candidates.externalId, businessId: candidates.businessId })
    .from(candidates)
    .where(eq(candidates.grantId, grant.id))
    .orderBy(candidates.name);
  return {
    state: "confirm",
    grantId: grant.id,
    connectorName,
    integrationName: await findName(tx, grant.integrationId, locale),
    viewerEmail: viewer.email,
    initiatorName: grant.initiatorName,
    companies: rows,
  };
}

export type ReturnedGrant =
  | { kind: "unknown_integration" }
  | { kind: "not_looked_up"; isExpected: boolean }
  /** The state went to the vendor with another person, in another account, or never. */
  | { kind: "not_yours" }
  | { kind: "grant"; grantId: string };

/** The viewer's newest grant for what the browser came back with. */
export async function findReturnedGrant(
  tx: RequestTransaction,
  viewer: Viewer,
  returned: ConsentReturn,
): Promise<ReturnedGrant> {
  const [integration] = await tx.execute<{ id: string }>(
    sql`select id from kytkin.integration_for_return(${returned.slug})`,
  );
  if (!integration) return { kind: "unknown_integration" };
  if (returned.kind === "state") {
    const own = await findGrantOfState(tx, viewer, integration.id, returned.state);
    if (own === null) return { kind: "not_yours" };
    return own.state === "consenting"
      ? { kind: "not_looked_up", isExpected: true }
      : { kind: "grant", grantId: own.id };
  }
  const grant = await findNewestGrant(tx, viewer, integration.id, returned.vendorRequest);
  if (grant) return { kind: "grant", grantId: grant.id };
  const draft = await findOpenDraft(tx, integration.id);
  return { kind: "not_looked_up", isExpected: isConsentUnderWay(draft, new Date()) };
}

/** The viewer's newest grant of a vendor request, refused ones included. */
export async function findNewestGrant(
  tx: RequestTransaction,
  viewer: Viewer,
  integrationId: string,
  vendorRequest: string,
): Promise<{ id: string; state: GrantState } | null> {
  const [grant] = await tx
    .select({ id: grants.id, state: grants.state })
    .from(grants)
    .where(
      and(
        eq(grants.integrationId, integrationId),
        eq(grants.vendorRequest, vendorRequest),
        eq(grants.userId, viewer.userId),
      ),
    )
    .orderBy(desc(grants.createdAt))
    .limit(1);
  return grant ?? null;
}

/** The viewer's grant that went to the vendor with this state, or null. */
export async function findGrantOfState(
  tx: RequestTransaction,
  viewer: Viewer,
  integrationId: string,
  state: string,
): Promise<{ id: string; state: GrantState } | null> {
  const [grant] = await tx
    .select({ id: grants.id, state: grants.state })
    .from(grants)
    .where(
      and(
        eq(grants.stateHash, sha256(state)),
        eq(grants.integrationId, integrationId),
        eq(grants.userId, viewer.userId),
      ),
    );
  return grant ?? null;
}

/** The page on the way to the vendor; null when the grant is past that, or another draft's. */
export async function findDeparture(
  tx: RequestTransaction,
  draftId: string,
  grantId: string,
): Promise<DepartureView | null> {
  const [grant] = await tx
    .select({
      state: grants.state,
      consentUrl: grants.consentUrl,
      vendorAnswer: grants.vendorAnswer,
      expiresAt: grants.expiresAt,
      connector: grants.connector,
    })
    .from(grants)
    .where(and(eq(grants.id, grantId), eq(grants.draftId, draftId)));
  if (!grant) return null;
  const { vendorAnswer } = grant;
  const connectorName = connectorOf(grant.connector).name;
  if (grant.state === "starting") return { state: "preparing", connectorName, vendorAnswer };
  if (grant.state === "refused") return { state: "refused", connectorName, vendorAnswer };
  const isUsable = grant.state === "consenting" && grant.expiresAt !== null && grant.expiresAt > new Date();
  return isUsable && grant.consentUrl !== null
    ? { state: "ready", connectorName, url: grant.consentUrl }
    : null;
}
