import { and, desc, eq, inArray, isNotNull, notInArray, sql } from "drizzle-orm";
import { activationRequests, candidates, drafts, grants, specifications } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
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
import { matchNumbers } from "@/lib/core/match-numbers";
import { blockedBecause, preselect, roomUnderCap } from "./rules";
import type { ConsentView, EnvironmentOption, LapsedEnvironment, Preparation } from "./schema";

export type DraftRow = typeof drafts.$inferSelect;
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
  /** The ticks are what the customer saved for these consents, and not our suggestion. */
  isSaved: boolean;
  room: number;
  isOverCapAtVendor: boolean;
  /** Something that the customer ticked cannot be picked any more. */
  hasLostPick: boolean;
  /** What was picked of one of several consents that has lapsed since: given anew, or taken out, before the draft goes on. */
  lapsed: LapsedEnvironment[];
};

type OpenConsents = Pick<Extract<ConsentView, { state: "open" }>, "grantIds" | "isOneOfSeveral">;

/** What the consents cover as options, with what blocks each and what is ticked. */
export async function getPick(
  tx: RequestTransaction,
  draft: DraftRow,
  { grantIds, isOneOfSeveral }: OpenConsents,
  cap: number,
): Promise<EnvironmentPick> {
  const rows = await listCandidates(tx, grantIds);
  const held = await findHeld(
    tx,
    draft.integrationId,
    rows.map((row) => row.externalId),
  );
  const room = roomUnderCap(cap, await countInFlight(tx, draft.integrationId));
  const options = rows.map((row) =>
    toOption(row, blockedBecause({ ...row, heldBy: held.get(row.externalId) ?? null })),
  );
  const hasLostPick = rows.some((row, index) => row.pickedAt !== null && options[index]?.blocked !== null);
  if (isOneOfSeveral)
    return { ...pickAll(options), room, hasLostPick, lapsed: await listLapsed(tx, draft, rows) };
  const pickable = options.map((option) => ({
    externalId: option.externalId,
    canPick: option.blocked === null,
  }));
  const isOverCapAtVendor = pickable.filter((option) => option.canPick).length > room;
  const isSaved = rows.some((row) => row.pickedAt !== null);
  if (!isSaved) {
    const wanted = await listWanted(tx, draft, grantIds);
    const prepared = wanted.length > 0 ? [] : await listWantedBusinessIds(tx);
    const ofLink = matchNumbers(options, prepared.join("\n")).matched;
    const ticked = new Set(
      preselect(pickable, room, [...wanted, ...ofLink.map((option) => option.externalId)]),
    );
    for (const option of options) option.isPicked = ticked.has(option.externalId);
  }
  return { options, isSaved, room, isOverCapAtVendor, hasLostPick, lapsed: [] };
}

/** Of two consents for one environment the newer one counts: the older one is being given back. */
async function listCandidates(tx: RequestTransaction, grantIds: readonly string[]): Promise<CandidateRow[]> {
  const rows = await tx
    .select()
    .from(candidates)
    .where(inArray(candidates.grantId, [...grantIds]))
    .orderBy(candidates.name, candidates.externalId);
  const rankOf = (row: CandidateRow) => grantIds.indexOf(row.grantId);
  const newest = new Map<string, CandidateRow>();
  for (const row of rows) {
    const known = newest.get(row.externalId);
    if (known === undefined || rankOf(row) < rankOf(known)) newest.set(row.externalId, row);
  }
  return rows.filter((row) => newest.get(row.externalId) === row);
}

/** Each of several consents was given for one environment: all that can be are part of the draft, until one is taken out. */
function pickAll(
  options: EnvironmentOption[],
): Pick<EnvironmentPick, "options" | "isSaved" | "isOverCapAtVendor"> {
  const pickable = options.filter(({ blocked }) => blocked === null);
  const isSaved = pickable.length > 0 && pickable.every(({ isPicked }) => isPicked);
  for (const option of pickable) option.isPicked = true;
  return { options, isSaved, isOverCapAtVendor: false };
}

async function listLapsed(
  tx: RequestTransaction,
  draft: DraftRow,
  open: readonly CandidateRow[],
): Promise<LapsedEnvironment[]> {
  const rows = await tx
    .select({ grantId: grants.id, externalId: candidates.externalId, name: candidates.name })
    .from(candidates)
    .innerJoin(grants, eq(grants.id, candidates.grantId))
    .where(
      and(
        eq(grants.draftId, draft.id),
        inArray(grants.state, ["open", "expired", "released"]),
        isNotNull(candidates.pickedAt),
      ),
    )
    .orderBy(candidates.name, candidates.externalId);
  const isHere = new Set(open.map(({ externalId }) => externalId));
  const lapsed = rows.filter(({ externalId }) => !isHere.has(externalId));
  return [...new Map(lapsed.map((row) => [row.externalId, row])).values()];
}

/** What was ticked under an earlier consent of this draft, else what a retry is about. */
async function listWanted(
  tx: RequestTransaction,
  draft: DraftRow,
  grantIds: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .select({ externalId: candidates.externalId })
    .from(candidates)
    .innerJoin(grants, eq(grants.id, candidates.grantId))
    .where(
      and(eq(grants.draftId, draft.id), notInArray(grants.id, [...grantIds]), isNotNull(candidates.pickedAt)),
    );
  return rows.length > 0 ? [...new Set(rows.map((row) => row.externalId))] : draft.wantedExternalIds;
}

function toOption(row: CandidateRow, blocked: EnvironmentOption["blocked"]): EnvironmentOption {
  return {
    candidateId: row.id,
    grantId: row.grantId,
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
export async function listPicked(
  tx: RequestTransaction,
  draft: DraftRow,
  consents: OpenConsents,
  cap: number,
) {
  const pick = await getPick(tx, draft, consents, cap);
  return { ...pick, picked: pick.options.filter((option) => option.isPicked) };
}

/** The same for a page after the pick; null while something has to be picked, or was lost or has lapsed since. */
export async function findSettledPick(
  tx: RequestTransaction,
  draft: DraftRow,
  consents: OpenConsents,
  cap: number,
) {
  const pick = await listPicked(tx, draft, consents, cap);
  const { picked, isSaved, hasLostPick, lapsed } = pick;
  return !isSaved || picked.length === 0 || hasLostPick || lapsed.length > 0 ? null : pick;
}
