export type Stage = "test" | "production";

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
  /** Our callback, for a vendor where the application proves itself by asking for a consent; null without an integration. */
  returnUrl: URL | null;
  now(): Date;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  limiter: Limiter;
  tokens: TokenSource;
  /** Delays between tries of a call that may be repeated, in milliseconds; [] means one try. */
  retryDelaysMs: readonly number[];
  signal?: AbortSignal;
};
