export type Stage = "test" | "production";

/**
 * What the vendor application's row gives a connector. Secrets are opened by the caller and never logged. The settings beside
 * the named ones are the connector's own, as its manifest's schema describes them.
 */
export type VendorApplication = {
  stage: Stage;
  clientId: string;
  /** Replaces the manifest's base URL of the stage, e.g. for a stand-in. */
  apiBaseUrl?: string;
  /** Where the vendor sends the customer's browser back, when it is registered there as another address than ours. */
  redirectUri?: string;
  [setting: string]: string | undefined;
};

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
export type HeldKey<C = string> = { subject: TokenSubject; secret: C };

export type FreshToken = { token: string; expiresInSeconds: number };

/**
 * Waits for a place under the vendor's limit, which all processes and tenants share. Gives what is to be called when the
 * call has ended. `environment` names whose call it is, where the vendor counts by environment. Throws
 * `ConnectorError("unavailable")` when the wait would be too long.
 */
export type Limiter = { take(environment?: string): Promise<() => void> };

export type ConnectorContext = {
  application: VendorApplication;
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
