/** `full` and `ok`: known good. `unknown`: the vendor's API cannot tell before activation; it may be picked and is checked after. */
type RightsState = "full" | "missing" | "unknown";

type ExistingState = "none" | "flow" | "manual" | "unknown";

export type ProductFit = "ok" | "wrong" | "unknown";

/** One company, client or tenant that the customer may switch the integration on in. */
export type Candidate = {
  /** The vendor's id of it, unique per connector and stage. */
  externalId: string;
  /** null when the vendor did not tell; then the id is shown. */
  name: string | null;
  businessId: string | null;
  /** ISO 3166-1 alpha-2, or null. */
  country: string | null;
  accountingOffice: string | null;
  rights: RightsState;
  existing: ExistingState;
  productFit: ProductFit;
};

/** What the vendor says of a consent, before anybody claims it. */
export type GrantReading = {
  /** The vendor's own id of the request. */
  vendorRequest: string;
  /** The request is of another integration than the vendor application's. */
  isOfOtherIntegration: boolean;
  initiator: { email: string | null; name: string | null };
  candidates: Candidate[];
  /** Names of environments that it covers and that cannot be offered, since their id could not be read. */
  leftOut: string[];
  /** When the vendor drops it. */
  expiresAt: Date;
};

/**
 * How a consent ended at the vendor, as its return tells: `given`, one of ours below, or a refusal of the vendor's own that
 * its manifest lists.
 */
export const COMMON_OUTCOMES = ["canceled", "unknown_outcome", "token_missing"] as const;

/** What a vendor's callback brought. */
export type ReturnedConsent =
  /** The vendor's own id of a request; it may come without a draft of ours. */
  | { kind: "request"; vendorRequest: string }
  /** Our own state, how it ended there, and what can be traded for keys when it ended well. */
  | { kind: "state"; state: string; outcome: string; token: string | null }
  /** A login that makes a key: our own state, and what can be traded for the key; null when it was not finished. */
  | { kind: "key_login"; state: string; code: string | null };

/** Where to send the customer's browser, and until when that address works. */
export type ConsentAddress = { url: URL; validUntil: Date };

/** What the consent issued: one key for each environment, not yet known by its id. */
export type GrantedKeys<C = string> = {
  initiatorEmail: string | null;
  /** Names of environments that it covers and came without a usable key. */
  withoutKey: string[];
  keys: { name: string | null; businessId: string | null; secret: C }[];
};

/** The sign-in went well and brought nothing: a code of the manifest's `refusals`. */
export type RefusedSignIn = { refusal: string };

/** What goes to the vendor with the customer's browser. `returnUrl` is registered there and carries nothing of ours. */
export type SignInAttempt = { returnUrl: URL; state: string; nonce: string; codeChallenge: string };

/** What proves that the code that came back answers our own attempt. */
export type SignInProof = { returnUrl: URL; nonce: string; codeVerifier: string };
