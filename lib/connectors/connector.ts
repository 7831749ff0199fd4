import type {
  Candidate,
  ConsentAddress,
  GrantedKeys,
  GrantReading,
  ProductFit,
  RefusedSignIn,
  ReturnedConsent,
  SignInAttempt,
  SignInProof,
} from "./consent";
import type { ConnectorContext, HeldKey, VendorApplication } from "./context";
import type { Entities } from "./entity";
import type { GatewayDoor } from "./gateway-door";
import type { InboundCall, InboundNotice } from "./inbound";
import type { ConnectorManifest, RightAsked } from "./manifest";
import type { Finding, PreflightNeeds } from "./preflight";
import type { PreparationOf } from "./preparation";

/**
 * The interface of a connector: everything that a vendor system does differently, behind names that the portal uses.
 * A connector is one folder here and one line in `registry.ts`. It gets everything through its context and imports
 * no database, no Next, no Inngest and no environment variables.
 *
 * The verbs are the capability: what a connector can do is the verbs that it has, and the compiler refuses one that has
 * verbs of another kind of consent. `C` is the connector's own credential; the portal sees its sealed text (`string`).
 */

export type ActivateInput = {
  vendorRequest: string;
  approve: string[];
  reject: { externalId: string; reason: string }[];
};

/** One per approved environment that the vendor answered for; an approved one that is missing failed there. */
export type IssuedCredential<C = string> = { externalId: string; secret: C };

export type RightsCheck = {
  held: RightAsked[];
  missing: { path: string; asked: string; held: string | null }[];
  surplus: { path: string; asked: string | null; held: string }[];
  /** null when the vendor does not tell. */
  boundToNaturalPerson: boolean | null;
};

export type Verification = {
  identity: { externalId: string; name: string; businessId: string | null; country: string | null };
  productFit: ProductFit;
  rights: RightsCheck;
};

/** `left_to_customer`: the vendor has no call for it, so the customer ends the integration there. */
type GivenBack = "given_back" | "left_to_customer";

/** The vendor waits for our decision about a request of its own, and issues keys with it. */
export type DecisionConsent<C = string> = {
  kind: "decision";
  /** Absolute URL at the vendor for the customer's browser. Throws `misconfigured` without the setting that names it. */
  address(application: VendorApplication): URL;
  /** What came back → candidates. Read only; may be repeated. */
  read(context: ConnectorContext, vendorRequest: string): Promise<GrantReading>;
  /** Tells the vendor the decision. Has an effect: never repeated by the connector itself. */
  decide(context: ConnectorContext, input: ActivateInput): Promise<IssuedCredential<C>[]>;
  /** Lists the external ids that the vendor says use the integration; for recovery. Read only. */
  listCustomers(context: ConnectorContext): Promise<string[]>;
  /** Whether the reason of a rejection fits what the vendor takes. */
  acceptsReason(reason: string): boolean;
};

export type PreflightVerb<C = string> = (
  context: ConnectorContext,
  key: HeldKey<C>,
  needs: PreflightNeeds,
) => Promise<Finding[]>;

/**
 * `every_environment`: a new consent lists all environments again, so that it replaces an earlier one of the same draft.
 * `one_environment`: a consent stands for one, and a request holds several.
 */
export type ConsentCoverage = "every_environment" | "one_environment";

/** What both kinds of consent have whose keys are here before the customer picks: each key is used or given back. */
export type KeyIssuing<C> = {
  covers: ConsentCoverage;
  /** Which environment a key belongs to, and whether it fits what is asked. Read only; may be repeated. */
  describeKey(context: ConnectorContext, key: HeldKey<C>, asked: readonly RightAsked[]): Promise<Candidate>;
  /** Ends the integration that a key stands for, where the vendor can; one that has ended already is fine. May be repeated. */
  giveBack(context: ConnectorContext, key: HeldKey<C>): Promise<GivenBack>;
  /** Reads what is there with a key of the consent, before anything is submitted. Read only; may be repeated. */
  preflight?: PreflightVerb<C>;
};

/** The vendor is asked for an address, and what its return brings is traded for keys. */
export type KeysConsent<C = string> = KeyIssuing<C> & {
  kind: "keys";
  /** `returnUrl` carries our state. Binds nobody to anything; may be repeated. */
  requestAddress(context: ConnectorContext, returnUrl: URL): Promise<ConsentAddress>;
  /** Trades what the return brought for keys. Has an effect: never repeated by the connector itself. */
  redeem(context: ConnectorContext, token: string): Promise<GrantedKeys<C>>;
};

/** An authorization-code or OpenID Connect sign-in, whose address we build with state, nonce and PKCE (RFC 7636). */
export type AuthorizeConsent<C = string> = KeyIssuing<C> & {
  kind: "authorize";
  /** No call is made: the address is the connector's own. */
  address(context: ConnectorContext, attempt: SignInAttempt): ConsentAddress;
  /**
   * Trades the code for what stands for the environment, after the vendor's signature, issuer, audience and nonce were
   * checked. Has an effect, since a code is taken once: never repeated by the connector itself.
   */
  redeem(
    context: ConnectorContext,
    code: string,
    proof: SignInProof,
  ): Promise<GrantedKeys<C> | RefusedSignIn>;
};

export type Consent<C = string> = DecisionConsent<C> | KeysConsent<C> | AuthorizeConsent<C>;

/** The manual path: a key that the customer made at the vendor. */
export type PastedKey<C = string> = {
  /** What such a key looks like, before the vendor is asked. */
  pattern: RegExp;
  /** What a customer enters at the vendor to make a key for this application; null when it is listed by name there. */
  enteredAtVendor(application: VendorApplication): string | null;
  /**
   * Whose key it is that a customer pasted, and whether it fits what is asked. Read only; may be repeated. Errors:
   * `unauthorized` or `disconnected` for a key that is wrong, inactive or another application's.
   */
  read(context: ConnectorContext, key: HeldKey<C>, asked: readonly RightAsked[]): Promise<Verification>;
  /** A login page of the vendor that makes such a key, where the application's return address is registered with it. */
  login?: {
    /** The browser comes back to the application's `redirectUri` with `state`. Throws `misconfigured` without that setting. */
    address(application: VendorApplication, state: string): URL;
    /** Trades the code that came back for the key. Has an effect: never repeated by the connector itself. */
    redeem(context: ConnectorContext, code: string): Promise<C>;
  };
};

/**
 * One thing that proves a vendor application, in the order of the list: the first that fails ends the trial. `title` and notes are
 * shown to the partner, in English as the words of its fields are.
 */
export type ApplicationCheck = {
  title: string;
  /**
   * Makes real calls without an effect; may be repeated. `skipped`: it cannot be proven now, and why. `failed`: a value that no
   * call can be made with. Errors: those of every verb; `application_refused` where the vendor does not accept the application.
   */
  run(context: ConnectorContext): Promise<"passed" | { skipped: string } | { failed: string }>;
};

export type ConnectorOf<C> = {
  manifest: ConnectorManifest;
  /** What "Try it" of a vendor application does; without it nothing can be tried. */
  applicationChecks?: readonly ApplicationCheck[];
  consent: Consent<C>;
  /**
   * Reads what came back; null when nothing in it is well formed. Names are looked up in any capitals, and the portal asks
   * again with other spellings of a value for as long as not all is understood: `lib/activation/grant/read-return.ts`.
   */
  parseReturn(query: URLSearchParams, application: VendorApplication): ReturnedConsent | null;
  /** Headers of the return's request that count as parameters, in lower case. */
  returnHeaders?: readonly string[];
  /** Who the credential is and what it may do, against what was asked. */
  verify(
    context: ConnectorContext,
    credential: { connectionId: string; secret: C },
    asked: readonly RightAsked[],
  ): Promise<Verification>;
  /**
   * Whether the vendor still accepts a key of a connection that was ended. Makes no use of a cached token and keeps none.
   * `dead` only when it is certain that it is this key that was refused, and not the partner's application: everything else
   * is thrown. `returnUrl` is our callback, for a vendor where the application proves itself by asking for a consent.
   */
  probeKey(context: ConnectorContext, key: HeldKey<C>, returnUrl: URL): Promise<"alive" | "dead">;
  /** Ends the integration that a connection's key stands for; one that has ended already is fine. May be repeated. */
  revokeKey?(context: ConnectorContext, key: HeldKey<C>): Promise<void>;
  pastedKey?: PastedKey<C>;
  /** The vendor's API for the partner's own software, behind the gateway. */
  gateway?: GatewayDoor<C>;
  /** What can be written here, by its id: the deliveries of `lib/connection/delivery/`. */
  entities?: Entities<C>;
  /** What has to be there before rows can be written, made after the first check of a connection. */
  prepare?: PreparationOf<C>;
  /**
   * A call that the vendor makes to us: whether it is the vendor's, and what it hints at. null for one that is not verified
   * or means nothing. It is a hint to read, never a command.
   */
  readInbound?(context: ConnectorContext, call: InboundCall): Promise<InboundNotice | null>;
};

export type Connector = ConnectorOf<string>;

/** A connector whose consents issue keys before the customer picks. */
export type KeyIssuingConnector = Connector & { consent: KeysConsent | AuthorizeConsent };

/** A connector that waits for our decision. */
export type DecidingConnector = Connector & { consent: DecisionConsent };

/** Whether keys are here before the customer picks; otherwise the vendor issues them with our decision. */
export function issuesKeys(connector: Connector): connector is KeyIssuingConnector {
  return connector.consent.kind !== "decision";
}

/** Whether what an environment lacks can be read before the request is submitted. */
export function canPreflight(
  connector: Connector,
): connector is Connector & { consent: (KeysConsent | AuthorizeConsent) & { preflight: PreflightVerb } } {
  return connector.consent.kind !== "decision" && connector.consent.preflight !== undefined;
}

/** Whether something of an environment is read before the request is submitted: what it lacks, or what would be made there. */
export function looksAhead(connector: Connector): boolean {
  return canPreflight(connector) || (issuesKeys(connector) && connector.prepare !== undefined);
}

/** What a new consent takes the place of: every earlier one of the same draft, or those for the same environment. */
export function coverageOf({ consent }: Connector): ConsentCoverage {
  return consent.kind === "decision" ? "every_environment" : consent.covers;
}

export function decides(connector: Connector): connector is DecidingConnector {
  return connector.consent.kind === "decision";
}
