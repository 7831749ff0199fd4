import type { VendorAnswer } from "./errors";

/**
 * The interface of a connector: everything that a vendor system does differently, behind names that the portal uses.
 * A connector is one folder here and one line in `registry.ts`. It gets everything through its context and imports
 * no database, no Next, no Inngest and no environment variables.
 */

export type Stage = "test" | "production";

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

/** What the vendor application's row gives a connector. Secrets are opened by the caller and never logged. */
export type VendorApplicationSettings = {
  stage: Stage;
  /** Replaces the manifest's base URL of the stage, e.g. for a stand-in. */
  apiBaseUrl?: string;
  /** API version segment as the vendor writes it, e.g. `latest`, `supported`, `v2604`. */
  apiVersion?: string;
  clientId: string;
  /** Where the customer's browser starts at the vendor. */
  activationUrl?: string;
  /** The vendor's own id of the integration. */
  vendorIntegrationId?: string;
  redirectUri?: string;
  /** Name of the query parameter that carries the vendor's request id to our callback; unpublished by the vendor, so it is a setting. */
  callbackParameter?: string;
  /** A key of the application that customers type in at the vendor: the partner has made it known to them. */
  publicApplicationKey?: string;
};
/** Names of the optional settings above, for whoever reads them from outside. */
export const APPLICATION_SETTINGS = [
  "apiBaseUrl",
  "apiVersion",
  "activationUrl",
  "vendorIntegrationId",
  "redirectUri",
  "callbackParameter",
  "publicApplicationKey",
] as const satisfies readonly Exclude<keyof VendorApplicationSettings, "stage" | "clientId">[];
type VendorApplicationSecrets = Record<string, string>;

/** Gets a token for a subject from the sealed cache, refreshing once across all processes when it is missing or stale. */
export type TokenSource = {
  get(subject: TokenSubject, refresh: () => Promise<FreshToken>): Promise<string>;
  /** Forgets a token that the vendor no longer accepts. */
  drop(subject: TokenSubject): Promise<void>;
};
/**
 * Whose token: the partner's own company, one customer environment's connection, a key that a consent issued, or a pasted
 * key that is only looked at: that one's token is stored nowhere.
 */
export type TokenSubject =
  | { kind: "vendor_application" }
  | { kind: "connection"; connectionId: string }
  | { kind: "granted_key"; grantId: string; candidateId: string }
  | { kind: "pasted_key" };
/** A key that we hold, with whose tokens it makes. */
export type HeldKey = { subject: TokenSubject; secret: string };
export type FreshToken = { token: string; expiresInSeconds: number };

/**
 * Waits for a place under the vendor's limit, which all processes and tenants share. Gives what is to be called when the
 * call has ended. Throws `ConnectorError("unavailable")` when the wait would be too long.
 */
export type Limiter = { take(): Promise<() => void> };

export type ConnectorContext = {
  application: VendorApplicationSettings;
  secrets: VendorApplicationSecrets;
  fetch: typeof fetch;
  now(): Date;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  limiter: Limiter;
  tokens: TokenSource;
  /** Delays between tries of a call that may be repeated, in milliseconds; [] means one try. */
  retryDelaysMs: readonly number[];
  signal?: AbortSignal;
};

/** A right of the vendor's catalogue. `path` is the vendor's own name, e.g. `sales.customerRegister`. */
export type RightDefinition = {
  path: string;
  /** Levels from least to most, the vendor's own names; booleans are `false`/`true`. A limitation (true = less) has `limits: true`. */
  levels: readonly string[];
  limits?: boolean;
};

/** What the specification asks for the technical user. */
export type RightAsked = { path: string; level: string };

export type ConnectorManifest = {
  id: string;
  /** The vendor system's own name, as customers know it. */
  name: string;
  baseUrls: Record<Stage, string>;
  rights: readonly RightDefinition[];
  limits: { requestsPerSecond: number; source: string };
  /** What the vendor application has to bring, by name; without these no consent can be begun. */
  application: { settings: readonly string[]; secrets: readonly string[] };
  capabilities: {
    /** Where the customer picks environments. */
    selectsAt: "vendor" | "portal" | "both";
    keysIssuedAt: "grant" | "activation" | "paste";
    decision: "perEnvironment" | "allAtOnce";
    grantReusable: boolean;
    /** Its API can end what a key stands for; otherwise the customer has to. */
    canRevoke: boolean;
    canListCustomers: boolean;
    /** The vendor's return carries a state of ours. */
    returnsState: boolean;
    /** What an environment lacks can be read with the consent's key, before the request is submitted. */
    checksBeforehand: boolean;
    /** Where the customer's browser goes for the consent: an address from the settings, or one asked of the vendor each time. */
    consentAddress: "fixed" | "requested";
    /** What a key looks like that a customer made by hand and may paste; null where none can be made. */
    pastedKey: RegExp | null;
    /** A login page of the vendor makes such a key, where the application's return address is registered with it. */
    keyLogin: boolean;
  };
  /** What a customer enters at the vendor to make a key by hand for this application; null when it is listed by name there. */
  enteredForKey(application: VendorApplicationSettings): string | null;
  /** Whether the reason of a rejection fits what the vendor takes. */
  acceptsReason(reason: string): boolean;
};

/** What the vendor says of a consent, before anybody claims it. */
export type GrantReading = {
  /** The vendor's own id of the request. */
  vendorRequest: string;
  vendorIntegrationId: string;
  initiator: { email: string | null; name: string | null };
  candidates: Candidate[];
  /** When the vendor drops it. */
  expiresAt: Date;
};

export type ActivateInput = {
  vendorRequest: string;
  approve: string[];
  reject: { externalId: string; reason: string }[];
};
/** One per approved environment that the vendor answered for; an approved one that is missing failed there. */
export type IssuedCredential = { externalId: string; secret: string };

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

/** How a consent ended at the vendor, as its return tells. */
export const CONSENT_OUTCOMES = [
  "given",
  "canceled",
  "client_not_found",
  "no_client_access",
  "integration_blocked",
  "unknown_outcome",
  "token_missing",
] as const;
export type ConsentOutcome = (typeof CONSENT_OUTCOMES)[number];

/** What a vendor's callback brought. */
export type ReturnedConsent =
  /** The vendor's own id of a request; it may come without a draft of ours. */
  | { kind: "request"; vendorRequest: string }
  /** Our own state, how it ended there, and what can be traded for keys when it ended well. */
  | { kind: "state"; state: string; outcome: ConsentOutcome; token: string | null }
  /** A login that makes a key: our own state, and what can be traded for the key; null when it was not finished. */
  | { kind: "key_login"; state: string; code: string | null };

/** Where to send the customer's browser, and until when that address works. */
export type ConsentAddress = { url: URL; validUntil: Date };

/** What the consent issued: one key for each environment, not yet known by its id. */
export type GrantedKeys = {
  initiatorEmail: string | null;
  /** Names of environments that it covers and came without a usable key. */
  withoutKey: string[];
  keys: { name: string | null; businessId: string | null; secret: string }[];
};

type AnyConnector = {
  manifest: ConnectorManifest;
  /** Reads the callback's query, tolerantly; null when nothing in it is well formed. */
  parseReturn(query: URLSearchParams, application: VendorApplicationSettings): ReturnedConsent | null;
  /** Who the credential is and what it may do, against what was asked. */
  verify(
    context: ConnectorContext,
    credential: { connectionId: string; secret: string },
    asked: readonly RightAsked[],
  ): Promise<Verification>;
  /**
   * Whether the vendor still accepts a key of a connection that was ended. Makes no use of a cached token and keeps none.
   * `dead` only when it is certain that it is this key that was refused, and not the partner's application: everything else
   * is thrown. `returnUrl` is our callback, for a vendor where the application proves itself by asking for a consent.
   */
  probeKey(context: ConnectorContext, key: HeldKey, returnUrl: URL): Promise<"alive" | "dead">;
};

/** `canRevoke` */
export type RevokesKeys = {
  /** Ends the integration that a key stands for; one that has ended already is fine. May be repeated. */
  revokeKey(context: ConnectorContext, key: HeldKey): Promise<void>;
};

/** `consentAddress: "fixed"` */
export type LeadsToFixedAddress = {
  /** Absolute URL at the vendor for the customer's browser. Throws when the vendor application lacks what is needed. */
  beginGrant(application: VendorApplicationSettings): URL;
};
/** `consentAddress: "requested"` */
export type RequestsAddress = {
  /** Asks the vendor for an address; `returnUrl` carries our state. Binds nobody to anything; may be repeated. */
  requestConsent(context: ConnectorContext, returnUrl: URL): Promise<ConsentAddress>;
};

/** `keysIssuedAt: "activation"`: the vendor waits for our decision about a request of its own. */
export type DecidesAtVendor = {
  /** What came back → candidates. Read only; may be repeated. */
  completeGrant(context: ConnectorContext, vendorRequest: string): Promise<GrantReading>;
  /** Tells the vendor the decision. Has an effect: never repeated by the connector itself. */
  activate(context: ConnectorContext, input: ActivateInput): Promise<IssuedCredential[]>;
  /** Lists the external ids that the vendor says use the integration; for recovery. */
  listCustomers(context: ConnectorContext): Promise<string[]>;
};
/** `keysIssuedAt: "grant"`: the consent itself issues keys, and what is not activated has to be given back. */
export type GrantsKeys = {
  /** Trades what the return brought for keys. Has an effect: never repeated by the connector itself. */
  redeemGrant(context: ConnectorContext, token: string): Promise<GrantedKeys>;
  /** Which environment a key belongs to, and whether it fits what is asked. Read only; may be repeated. */
  describeKey(context: ConnectorContext, key: HeldKey, asked: readonly RightAsked[]): Promise<Candidate>;
  /** Ends the integration that a key stands for; one that has ended already is fine. May be repeated. */
  release(context: ConnectorContext, key: HeldKey): Promise<void>;
};

/** `pastedKey`: the manual path. */
export type TakesPastedKeys = {
  /**
   * Whose key it is that a customer pasted, and whether it fits what is asked. Read only; may be repeated. Errors:
   * `unauthorized` or `disconnected` for a key that is wrong, inactive or another application's.
   */
  pasteKey(context: ConnectorContext, key: HeldKey, asked: readonly RightAsked[]): Promise<Verification>;
};

/** `keyLogin`: the manual path without the vendor's menus. */
export type MakesKeysByLogin = {
  /**
   * Where the customer's browser logs in for a key; it comes back to the application's `redirectUri` with `state`. Throws
   * `misconfigured` without that setting.
   */
  keyLoginAddress(application: VendorApplicationSettings, state: string): URL;
  /** Trades the code that came back for the key. Has an effect: never repeated by the connector itself. */
  redeemKeyLogin(context: ConnectorContext, code: string): Promise<string>;
};

/** What an environment needs for the integration to work there with what the customer chose. */
export type PreflightNeeds = {
  rights: readonly RightAsked[];
  /** null when the integration makes those that are missing. */
  productCodes: readonly string[] | null;
  /** Numbers that the integration gives to customers, both included; null when the vendor gives them. */
  customerNumbers: { from: number; to: number } | null;
  deliversBy: { email: boolean; ehf: boolean };
};

/** What a check found, each with words of its own: `preflight.findings.<code>`. */
type FindingCode =
  | "module_missing"
  | "privilege_missing"
  | "series_missing"
  | "numbers_outside_series"
  | "product_missing"
  | "product_without_account"
  | "email_missing"
  | "ehf_not_registered"
  | "ehf_without_organization_number"
  | "disconnected"
  | "refused"
  | "not_checked";
export type Finding = {
  code: FindingCode;
  /** The request cannot be submitted with it; otherwise it is worth knowing. */
  isBlocking: boolean;
  /** What it is about: rights' paths, product codes, ranges of numbers, names of customers. */
  subjects: string[];
  /** What is there instead, e.g. the ranges of the number series. */
  found: string[];
  /** The vendor's own words, when it refused. */
  answer: VendorAnswer | null;
};

/** `checksBeforehand` */
export type ChecksBeforehand = {
  /** Reads what is there with a key that the consent issued. Read only; may be repeated. */
  preflight(context: ConnectorContext, key: HeldKey, needs: PreflightNeeds): Promise<Finding[]>;
};

export type Connector = AnyConnector &
  (LeadsToFixedAddress | RequestsAddress) &
  (DecidesAtVendor | GrantsKeys | (GrantsKeys & ChecksBeforehand)) &
  Partial<RevokesKeys> &
  Partial<TakesPastedKeys> &
  Partial<MakesKeysByLogin>;

export function revokesKeys(connector: Connector): connector is Connector & RevokesKeys {
  return connector.manifest.capabilities.canRevoke;
}

export function requestsAddress(connector: Connector): connector is Connector & RequestsAddress {
  return connector.manifest.capabilities.consentAddress === "requested";
}

export function grantsKeys(connector: Connector): connector is Connector & GrantsKeys {
  return connector.manifest.capabilities.keysIssuedAt === "grant";
}

export function takesPastedKeys(connector: Connector): connector is Connector & TakesPastedKeys {
  return connector.manifest.capabilities.pastedKey !== null;
}

/** A key that a login made is used like a pasted one. */
export function makesKeysByLogin(
  connector: Connector,
): connector is Connector & TakesPastedKeys & MakesKeysByLogin {
  return connector.manifest.capabilities.keyLogin;
}

/** A connector that checks has keys to check with. */
export function checksBeforehand(
  connector: Connector,
): connector is Connector & GrantsKeys & ChecksBeforehand {
  return connector.manifest.capabilities.checksBeforehand;
}
