import { and, desc, eq, inArray, isNotNull, ne, notInArray, sql } from "drizzle-orm";
import {
  activationRequests,
  activations,
  candidates,
  drafts,
  grants,
  memberships,
  specifications,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { IN_FLIGHT_STATES } from "@/lib/activation/rules";
import { AppError } from "@/lib/core/app-error";
import { type IntegrationView, specificationContent } from "@/lib/integration/schema";
import { listWantedBusinessIds } from "@/lib/link/queries";
import { blockedBecause, preselect, roomUnderCap } from "./rules";
import type { ConsentView, EnvironmentOption } from "./schema";
import type { GrantState } from "./states";

type Customer = ScopedTransaction<"customer">;
export type DraftRow = typeof drafts.$inferSelect;
export type GrantRow = Pick<
  typeof grants.$inferSelect,
  "id" | "state" | "expiresAt" | "integrationId" | "source" | "vendorAnswer" | "withoutKey"
>;
type CandidateRow = typeof candidates.$inferSelect;

/** The account's open draft for an integration, or null. */
export async function findOpenDraft(tx: Customer, integrationId: string): Promise<DraftRow | null> {
  const [draft] = await tx
    .select()
    .from(drafts)
    .where(and(eq(drafts.integrationId, integrationId), eq(drafts.state, "open")));
  return draft ?? null;
}

/** Whether the one who accepted for the draft is still in the account; else somebody who is has to accept anew. */
export async function isAcceptedByMember(tx: Customer, draft: DraftRow): Promise<boolean> {
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.userId, draft.acceptedBy));
  return rows.length > 0;
}

/**
 * Where somebody goes on whose account has no open draft for an integration: to the request that the newest one became
 * (another tab, device or colleague submitted it), else to the review of the link, where an acceptance begins one. Null
 * when the account never had any.
 */
export async function findWayWithoutDraft(
  tx: Customer,
  { integrationId, linkToken }: Pick<IntegrationView, "integrationId" | "linkToken">,
): Promise<string | null> {
  const [newest] = await tx
    .select({ requestId: activationRequests.id })
    .from(drafts)
    .leftJoin(activationRequests, eq(activationRequests.draftId, drafts.id))
    .where(eq(drafts.integrationId, integrationId))
    .orderBy(desc(drafts.id))
    .limit(1);
  if (!newest) return null;
  return newest.requestId ? `/requests/${newest.requestId}` : `/a/${linkToken}`;
}

/** The content that the draft's customer accepted. */
export async function getAcceptedSpecification(tx: Customer, draft: DraftRow) {
  const [row] = await tx.select().from(specifications).where(eq(specifications.id, draft.specificationId));
  if (!row) throw new AppError("not_found", "specification");
  return { ...row, content: specificationContent.parse(row.content) };
}

/** On the way to a consent, or at a dead end: an earlier consent of the draft still counts. */
const WITHOUT_CONSENT = ["starting", "consenting", "refused"] as const satisfies readonly GrantState[];

/** The newest grant that belongs to the draft and came of a consent, or null. */
export async function findGrantOfDraft(tx: Customer, draftId: string): Promise<GrantRow | null> {
  const [grant] = await tx
    .select({
      id: grants.id,
      state: grants.state,
      expiresAt: grants.expiresAt,
      integrationId: grants.integrationId,
      source: grants.source,
      vendorAnswer: grants.vendorAnswer,
      withoutKey: grants.withoutKey,
    })
    .from(grants)
    .where(and(eq(grants.draftId, draftId), notInArray(grants.state, [...WITHOUT_CONSENT])))
    .orderBy(desc(grants.createdAt))
    .limit(1);
  return grant ?? null;
}

/** What the grant means for the page now. A grant past its expiry has expired, whatever its row still says. */
export function consentOf(grant: GrantRow | null, now: Date): ConsentView {
  if (!grant) return { state: "needed" };
  if (grant.state === "reading")
    return { state: "reading", grantId: grant.id, vendorAnswer: grant.vendorAnswer };
  if (grant.state === "open" && grant.expiresAt && grant.expiresAt > now) {
    const { id: grantId, expiresAt, source, withoutKey } = grant;
    return { state: "open", grantId, expiresAt: expiresAt.toISOString(), source, withoutKey };
  }
  // One that was given back shortly before its end has ended too, as far as the customer can see.
  const hasEnded = grant.state === "open" || grant.state === "expired" || grant.state === "released";
  return hasEnded ? { state: "expired", source: grant.source } : { state: "needed" };
}

/** Environments of this account and integration that are being activated in other requests. */
export async function countInFlight(tx: Customer, integrationId: string): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(activations)
    .where(
      and(eq(activations.integrationId, integrationId), inArray(activations.state, [...IN_FLIGHT_STATES])),
    );
  return row?.count ?? 0;
}

export type EnvironmentPick = {
  options: EnvironmentOption[];
  /** The ticks are what the customer saved for this grant, and not our suggestion. */
  isSaved: boolean;
  room: number;
  isOverCapAtVendor: boolean;
  /** Something that the customer ticked cannot be picked any more. */
  hasLostPick: boolean;
};

/** The grant's candidates as options, with what blocks each and what is ticked. */
export async function getPick(
  tx: Customer,
  draft: DraftRow,
  grantId: string,
  cap: number,
): Promise<EnvironmentPick> {
  const rows = await tx
    .select()
    .from(candidates)
    .where(eq(candidates.grantId, grantId))
    .orderBy(candidates.name, candidates.externalId);
  const held = await findHeld(
    tx,
    draft.integrationId,
    rows.map((row) => row.externalId),
  );
  const room = roomUnderCap(cap, await countInFlight(tx, draft.integrationId));
  const options = rows.map((row) =>
    toOption(row, blockedBecause({ ...row, heldBy: held.get(row.externalId) ?? null })),
  );
  const pickable = options.map((option) => ({
    externalId: option.externalId,
    canPick: option.blocked === null,
  }));
  const isOverCapAtVendor = pickable.filter((option) => option.canPick).length > room;
  const isSaved = rows.some((row) => row.pickedAt !== null);
  if (!isSaved) {
    const wanted = await listWanted(tx, draft, grantId);
    const prepared = wanted.length > 0 ? [] : await listWantedBusinessIds(tx);
    const ofLink = options.filter(({ businessId }) => businessId !== null && prepared.includes(businessId));
    const ticked = new Set(
      preselect(pickable, room, [...wanted, ...ofLink.map((option) => option.externalId)]),
    );
    for (const option of options) option.isPicked = ticked.has(option.externalId);
  }
  const hasLostPick = rows.some((row, index) => row.pickedAt !== null && options[index]?.blocked !== null);
  return { options, isSaved, room, isOverCapAtVendor, hasLostPick };
}

/** What was ticked under an earlier consent of this draft, else what a retry is about. */
async function listWanted(tx: Customer, draft: DraftRow, grantId: string): Promise<string[]> {
  const rows = await tx
    .select({ externalId: candidates.externalId })
    .from(candidates)
    .innerJoin(grants, eq(grants.id, candidates.grantId))
    .where(and(eq(grants.draftId, draft.id), ne(grants.id, grantId), isNotNull(candidates.pickedAt)));
  return rows.length > 0 ? [...new Set(rows.map((row) => row.externalId))] : draft.wantedExternalIds;
}

function toOption(row: CandidateRow, blocked: EnvironmentOption["blocked"]): EnvironmentOption {
  return {
    candidateId: row.id,
    externalId: row.externalId,
    name: row.name,
    businessId: row.businessId,
    country: row.country,
    accountingOffice: row.accountingOffice,
    isPicked: row.pickedAt !== null && blocked === null,
    blocked,
    isManual: row.existing === "manual",
    isRightsUnknown: row.rights === "unknown",
    isProductUnknown: row.productFit === "unknown",
  };
}

async function findHeld(tx: Customer, integrationId: string, externalIds: string[]) {
  if (externalIds.length === 0) return new Map<string, { isOwn: boolean; state: string | null }>();
  const ids = sql.join(
    externalIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const rows = await tx.execute<{ external_id: string; is_own: boolean; state: string | null }>(
    sql`select * from kytkin.held_environments(${integrationId}, array[${ids}]::text[])`,
  );
  return new Map(rows.map((row) => [row.external_id, { isOwn: row.is_own, state: row.state }]));
}

/** Candidates that the customer ticked and that are still free. */
export async function listPicked(tx: Customer, draft: DraftRow, grantId: string, cap: number) {
  const pick = await getPick(tx, draft, grantId, cap);
  return { ...pick, picked: pick.options.filter((option) => option.isPicked) };
}
