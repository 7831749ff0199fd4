import { and, desc, eq, isNotNull, ne, notInArray, sql } from "drizzle-orm";
import { activationRequests, candidates, drafts, grants, specifications } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import type { GrantState } from "@/lib/activation/grant/schema";
import { IN_FLIGHT_STATES } from "@/lib/activation/request/rules";
import { inLanguage, listChangedFields, readContent } from "@/lib/catalogue/integration/read-content";
import type {
  IntegrationView,
  SpecificationContent,
  SpecificationField,
} from "@/lib/catalogue/integration/schema";
import { listWantedBusinessIds } from "@/lib/catalogue/link/queries";
import { AppError } from "@/lib/core/app-error";
import type { Locale } from "@/lib/core/locales";
import { blockedBecause, preselect, roomUnderCap } from "./rules";
import type { ConsentView, EnvironmentOption, Preparation } from "./schema";

export type DraftRow = typeof drafts.$inferSelect;
export type GrantRow = Pick<
  typeof grants.$inferSelect,
  "id" | "userId" | "state" | "expiresAt" | "integrationId" | "keysFrom" | "vendorAnswer" | "withoutKey"
>;
type CandidateRow = typeof candidates.$inferSelect;

/** The account's open draft for an integration, or null. */
export async function findOpenDraft(tx: RequestTransaction, integrationId: string): Promise<DraftRow | null> {
  const [draft] = await tx
    .select()
    .from(drafts)
    .where(and(eq(drafts.integrationId, integrationId), eq(drafts.state, "open")));
  return draft ?? null;
}

/** Who prepared a draft. Throws `not_found` for one that the scope does not have. */
export async function getPreparation(tx: RequestTransaction, draftId: string): Promise<Preparation> {
  const [row] = await tx.execute<{
    account_name: string;
    accepted_by: string | null;
    accepted_at: string | Date;
    handed_by: string | null;
  }>(sql`select * from kytkin.draft_preparation(${draftId})`);
  if (!row) throw new AppError("not_found", "draft");
  return {
    accountName: row.account_name,
    acceptedBy: row.accepted_by,
    acceptedAt: new Date(row.accepted_at).toISOString(),
    handedBy: row.handed_by,
  };
}

/** Whether the one who accepted for the draft still has a part in it; else a member or guest of the draft has to accept anew. */
export async function isAcceptanceKept(tx: RequestTransaction, draft: DraftRow): Promise<boolean> {
  return (await getPreparation(tx, draft.id)).acceptedBy !== null;
}

/**
 * Where somebody goes on whose account has no open draft for an integration: to the request that the newest one became
 * (another tab, device or colleague submitted it), else to the review of the link, where an acceptance begins one. Null
 * when the account never had any.
 */
export async function findWayWithoutDraft(
  tx: RequestTransaction,
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

/** The content that the draft's customer accepted, in the language in which it was accepted. */
export async function getAcceptedSpecification(tx: RequestTransaction, draft: DraftRow) {
  const content = await getContent(tx, draft.specificationId);
  return { content: inLanguage(content, draft.language ?? content.mainLanguage) };
}

async function getContent(tx: RequestTransaction, specificationId: string): Promise<SpecificationContent> {
  const [row] = await tx.select().from(specifications).where(eq(specifications.id, specificationId));
  if (!row) throw new AppError("not_found", "specification");
  return readContent(row.content);
}

export type ChangesUnderDraft = {
  before: SpecificationContent;
  after: SpecificationContent;
  /** The language in which the draft's version was accepted. */
  accepted: Locale;
  /** Never empty. */
  fields: SpecificationField[];
};

/**
 * What the published version says otherwise than the accepted one to a reader of the language in which that one was
 * accepted; null when it says the same. A language more, or another translation, is no change to who accepted in another.
 */
export async function findChangesUnderDraft(
  tx: RequestTransaction,
  draft: DraftRow,
  { specification }: IntegrationView,
): Promise<ChangesUnderDraft | null> {
  if (draft.specificationId === specification.id) return null;
  const before = await getContent(tx, draft.specificationId);
  const after = await getContent(tx, specification.id);
  const accepted = draft.language ?? specification.shown.language;
  const fields = listChangedFields(before, after, accepted);
  return fields.length === 0 ? null : { before, after, accepted, fields };
}

/** On the way to a consent, or at a dead end: an earlier consent of the draft still counts. */
const WITHOUT_CONSENT = ["starting", "consenting", "refused"] as const satisfies readonly GrantState[];

/**
 * The newest grant that belongs to the draft and came of a consent of this person, or of the one who handed the draft to
 * them; null when there is none. What others consented to for the draft is not theirs to see.
 */
export async function findGrantOfDraft(tx: RequestTransaction, draftId: string): Promise<GrantRow | null> {
  const [grant] = await tx
    .select({
      id: grants.id,
      userId: grants.userId,
      state: grants.state,
      expiresAt: grants.expiresAt,
      integrationId: grants.integrationId,
      keysFrom: grants.keysFrom,
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
    const { id: grantId, expiresAt, keysFrom, withoutKey } = grant;
    return { state: "open", grantId, expiresAt: expiresAt.toISOString(), keysFrom, withoutKey };
  }
  // One that was given back shortly before its end has ended too, as far as the customer can see.
  const hasEnded = grant.state === "open" || grant.state === "expired" || grant.state === "released";
  return hasEnded ? { state: "expired", keysFrom: grant.keysFrom } : { state: "needed" };
}

/** Environments of this account and integration that are being activated in other requests, a guest's own or not. */
export async function countInFlight(tx: RequestTransaction, integrationId: string): Promise<number> {
  const states = sql.join(
    IN_FLIGHT_STATES.map((state) => sql`${state}`),
    sql`, `,
  );
  const [row] = await tx.execute<{ count: number }>(
    sql`select kytkin.count_in_flight(${integrationId}, array[${states}]::text[]) as count`,
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
  tx: RequestTransaction,
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
async function listWanted(tx: RequestTransaction, draft: DraftRow, grantId: string): Promise<string[]> {
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

async function findHeld(tx: RequestTransaction, integrationId: string, externalIds: string[]) {
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
export async function listPicked(tx: RequestTransaction, draft: DraftRow, grantId: string, cap: number) {
  const pick = await getPick(tx, draft, grantId, cap);
  return { ...pick, picked: pick.options.filter((option) => option.isPicked) };
}
