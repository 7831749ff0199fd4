import { z } from "zod";
import type { GrantRefusal } from "@/lib/activation/draft/states";
import type { VendorAnswer } from "@/lib/connectors/errors";

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
]);
export type VendorReturn = z.infer<typeof vendorReturn>;
/** A return that leads to a grant; a login for a key leads to a pasted key. */
export type ConsentReturn = Exclude<VendorReturn, { kind: "key_login" }>;

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
