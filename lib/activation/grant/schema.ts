import { z } from "zod";
import type { VendorAnswer } from "@/lib/core/vendor-answer";

/**
 * `starting`: the vendor is asked where to send the customer. `consenting`: the customer is there, with a state of ours.
 * `reading`: the vendor is being asked. `unconfirmed`: the person who consented is the signed-in one, who has yet to say
 * so. `awaiting_initiator`: somebody else consented and has to confirm. `open`: claimed, can be picked from.
 */
export const GRANT_STATES = [
  "starting",
  "consenting",
  "reading",
  "unconfirmed",
  "awaiting_initiator",
  "open",
  "used",
  "refused",
  "released",
  "expired",
] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** A vendor's request in one of these belongs to its account for ever; the index `grants_one_claim` names the same. */
export const CLAIMED_GRANT_STATES = [
  "open",
  "used",
  "released",
  "expired",
] as const satisfies readonly GrantState[];

export const GRANT_REFUSALS = [
  "not_found",
  "expired",
  "other_integration",
  "already_claimed",
  "initiator_unknown",
  "no_link",
  "unavailable",
  "canceled",
  "unknown_outcome",
  "token_missing",
  "answer_lost",
  "nothing_granted",
  /** The vendor's consent covers no company that could be offered. */
  "no_companies",
  /** The vendor does not accept the partner's application, or its API is not where the settings say. */
  "application_refused",
] as const;
/** One of ours, or one that the vendor's manifest lists (`refusals`). */
export type GrantRefusal = (typeof GRANT_REFUSALS)[number] | (string & {});

/** Why a return leads to no consent, as what the vendor sent shows. */
export const ENDED_BECAUSE = ["canceled", "vendor_error", "nothing_sent", "not_understood"] as const;
export type EndedBecause = (typeof ENDED_BECAUSE)[number];

const slug = z.string().max(80);

/** What the vendor's callback brought, sealed into a short-lived cookie between its GET and our page. */
export const vendorReturn = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("request"), slug, vendorRequest: z.string().min(1).max(80) }),
  z.object({
    kind: z.literal("state"),
    slug,
    state: z.string().max(100),
    outcome: z.string().max(60),
    token: z.string().max(2000).nullable(),
  }),
  z.object({
    kind: z.literal("key_login"),
    slug,
    state: z.string().max(1000),
    code: z.string().max(2000).nullable(),
  }),
  z.object({ kind: z.literal("ended"), slug, because: z.enum(ENDED_BECAUSE) }),
]);
export type VendorReturn = z.infer<typeof vendorReturn>;
/** A return that leads to a grant; a login for a key leads to a pasted key. */
export type ConsentReturn = Exclude<VendorReturn, { kind: "key_login" | "ended" }>;

/**
 * What becomes of a key that a consent issued. `held`: nobody has decided. `activated`: a connection has it. `released`:
 * given back at the vendor. `kept`: somebody else has a right to it, a live connection or a newer consent. `left_to_customer`: the
 * vendor has no call that gives it back, so that only the customer can end it there.
 */
export const GRANTED_KEY_STATES = ["held", "activated", "released", "kept", "left_to_customer"] as const;
export type GrantedKeyState = (typeof GRANTED_KEY_STATES)[number];

/**
 * Where the keys of a grant's environments come from. `decision`: the vendor issues them when it is told the decision.
 * `consent`: the consent itself issued them. `customer`: the customer made one by hand and pasted it.
 */
export const KEYS_FROM = ["decision", "consent", "customer"] as const;
export type KeysFrom = (typeof KEYS_FROM)[number];

/** The page between our button and the vendor's first one. */
export type DepartureView =
  | { state: "preparing"; connectorName: string; vendorAnswer: VendorAnswer | null }
  | { state: "ready"; connectorName: string; url: string }
  | { state: "refused"; connectorName: string; vendorAnswer: VendorAnswer | null };

/** The states of the page that the customer comes back to. */
export type VendorReturnView =
  | { state: "reading"; grantId: string; connectorName: string; vendorAnswer: VendorAnswer | null }
  | {
      state: "confirm";
      grantId: string;
      connectorName: string;
      integrationName: string;
      viewerEmail: string;
      initiatorName: string | null;
      companies: { name: string | null; externalId: string; businessId: string | null }[];
    }
  | {
      state: "awaiting_initiator";
      grantId: string;
      connectorName: string;
      maskedEmail: string;
      expiresAt: string | null;
    }
  | {
      state: "refused";
      connectorId: string;
      connectorName: string;
      integrationName: string;
      /** `not_read`: what the customer gave could not be used, and cannot be read again. */
      code: GrantRefusal | "not_read";
      /** Names of companies that the consent covers and for which the vendor gave no key that works. */
      withoutKey: string[];
      vendorAnswer: VendorAnswer | null;
      /** Where to begin again; null where the same consent can be looked up again, or the draft is gone. */
      startAgainHref: string | null;
      /** The way to a colleague, where somebody with other rights at the vendor would get further. */
      handOverHref: string | null;
      /** Where a key can be pasted in the place of the consent; null without a draft, or where the vendor has no such keys. */
      pasteHref: string | null;
    }
  | { state: "done"; linkToken: string };

/** The page after a return that leads to no consent of the viewer. */
export type EndedReturnView = {
  /**
   * `lost`: this browser has nothing of a return, since it keeps no cookies, is another one, or was too slow. `not_yours`: it
   * was begun by another person, in another account, or too long ago.
   */
  because: EndedBecause | "lost" | "not_yours";
  connectorId: string;
  connectorName: string;
  /** null for a visitor who is not signed in. */
  viewerEmail: string | null;
  wayOn: WayOn | null;
};

/** Where the activation goes on: at the step of the open draft, at its request, or at the review behind a link. */
export type WayOn = { to: "draft" | "request" | "review"; href: string };
