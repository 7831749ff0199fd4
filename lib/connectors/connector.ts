import type {
  Candidate,
  ConsentAddress,
  GrantedKeys,
  GrantReading,
  ProductFit,
  ReturnedConsent,
} from "./consent";
import type { ConnectorContext, HeldKey, VendorApplicationSettings } from "./context";
import type { ConnectorManifest, RightAsked } from "./manifest";
import type { Finding, PreflightNeeds } from "./preflight";

/**
 * The interface of a connector: everything that a vendor system does differently, behind names that the portal uses.
 * A connector is one folder here and one line in `registry.ts`. It gets everything through its context and imports
 * no database, no Next, no Inngest and no environment variables.
 */

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
