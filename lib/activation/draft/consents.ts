import { and, desc, eq, exists, isNotNull, notInArray } from "drizzle-orm";
import { candidates, grants } from "@/db/schema";
import type { RequestTransaction } from "@/db/scope";
import type { GrantState } from "@/lib/activation/grant/schema";
import { coverageOf } from "@/lib/connectors/connector";
import { getConnector } from "@/lib/connectors/registry";
import type { ConsentView } from "./schema";

export type DraftConsent = Pick<
  typeof grants.$inferSelect,
  "id" | "userId" | "connector" | "state" | "expiresAt" | "keysFrom" | "vendorAnswer" | "withoutKey"
> & {
  /** Something of it was picked for the draft. */
  isPicked: boolean;
};

/** On the way to a consent, or at a dead end: an earlier consent of the draft still counts. */
const WITHOUT_CONSENT = ["starting", "consenting", "refused"] as const satisfies readonly GrantState[];

/**
 * The vendor consents that belong to the draft and came of this person, or of the one who handed the draft to them, the
 * newest first. What others consented to for the draft is not theirs to see.
 */
export async function listConsentsOfDraft(tx: RequestTransaction, draftId: string): Promise<DraftConsent[]> {
  const picked = tx
    .select({ id: candidates.id })
    .from(candidates)
    .where(and(eq(candidates.grantId, grants.id), isNotNull(candidates.pickedAt)));
  const rows = await tx
    .select({
      id: grants.id,
      userId: grants.userId,
      connector: grants.connector,
      state: grants.state,
      expiresAt: grants.expiresAt,
      keysFrom: grants.keysFrom,
      vendorAnswer: grants.vendorAnswer,
      withoutKey: grants.withoutKey,
      isPicked: exists(picked).mapWith(Boolean),
    })
    .from(grants)
    .where(and(eq(grants.draftId, draftId), notInArray(grants.state, [...WITHOUT_CONSENT])))
    .orderBy(desc(grants.createdAt), desc(grants.id));
  return rows;
}

type OpenConsent = DraftConsent & { expiresAt: Date };

/** Past its expiry a consent has ended, whatever its row still says. */
function isOpen(consent: DraftConsent, now: Date): consent is OpenConsent {
  return consent.state === "open" && consent.expiresAt !== null && consent.expiresAt > now;
}

/**
 * The consents that the draft can be submitted with: the newest where a consent lists every environment, else all that are
 * open. An older one that a newer one replaces may still be among the latter until it was given back.
 */
function listOpen(consents: readonly DraftConsent[], now: Date): OpenConsent[] {
  const [newest] = consents;
  if (newest === undefined) return [];
  const counting = isOneOfSeveral(newest) ? consents : [newest];
  return counting.filter((consent) => isOpen(consent, now));
}

/** Whether a draft may hold several consents of this kind. */
export function isOneOfSeveral({ connector }: Pick<DraftConsent, "connector">): boolean {
  return coverageOf(getConnector(connector)) === "one_environment";
}

/** What the draft's consents mean for the page now. */
export function consentOf(consents: readonly DraftConsent[], now: Date): ConsentView {
  const [newest] = consents;
  if (newest === undefined) return { state: "needed" };
  if (newest.state === "reading")
    return { state: "reading", grantId: newest.id, vendorAnswer: newest.vendorAnswer };
  const { keysFrom } = newest;
  const open = listOpen(consents, now);
  if (open.length > 0)
    return {
      state: "open",
      grantIds: open.map(({ id }) => id),
      isOneOfSeveral: isOneOfSeveral(newest),
      expiresAt: new Date(Math.min(...open.map(({ expiresAt }) => expiresAt.getTime()))).toISOString(),
      keysFrom,
      withoutKey: open.flatMap(({ withoutKey }) => withoutKey),
    };
  // One that was given back shortly before its end has ended too, as far as the customer can see; one of several that the
  // customer took out of the request was not picked any more.
  const hasEnded = (consent: DraftConsent) =>
    ["open", "expired"].includes(consent.state) ||
    (consent.state === "released" && (consent.isPicked || !isOneOfSeveral(consent)));
  return consents.some(hasEnded) ? { state: "expired", keysFrom } : { state: "needed" };
}
