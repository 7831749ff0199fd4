/**
 * What went wrong at a vendor, in the few kinds that change what we do next.
 * - `unavailable`: no answer, 5xx, a full limiter. May be repeated; nothing is known about the effect unless `unsent`.
 * - `rate_limited`: the vendor said slow down. May be repeated after `retryAfterSeconds`.
 * - `unauthorized`: the customer's key is not accepted: revoked, wrong, or its user removed.
 * - `application_refused`: the vendor does not accept the partner's application: its secret, its own key or its subscription
 *   key. Tells nothing of a customer's key.
 * - `version_ended`: nothing of the API is at this address: the version in the settings has ended, or the address is wrong.
 * - `disconnected`: the integration was ended at the vendor, by the customer or by somebody there. Not a fault.
 * - `forbidden`: the credential is fine but lacks a right.
 * - `not_found`: the vendor does not know it, or not for this caller.
 * - `expired`: the vendor knew it once.
 * - `rejected`: the vendor understood and refused (validation). Repeating cannot help.
 * - `unexpected`: an answer that does not have the documented shape.
 */
export type ConnectorErrorKind =
  | "unavailable"
  | "rate_limited"
  | "unauthorized"
  | "application_refused"
  | "version_ended"
  | "disconnected"
  | "forbidden"
  | "not_found"
  | "expired"
  | "rejected"
  | "unexpected";

/** The vendor's own answer, redacted, to be shown beside our words. */
export type VendorAnswer = {
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** The vendor's messages in its own language, at most 10 of 500 characters. */
  messages: string[];
  /** Method and path without query and without secrets, e.g. `PUT /integrations/{requestId}`. */
  operation: string;
  /** ISO time of the answer. */
  at: string;
  /** ISO time until which the vendor asks us to wait, at most a day ahead. */
  retryAt?: string;
  /** It came, or broke off, while the vendor may still carry out what was asked. */
  mayTakeEffect?: boolean;
};

export class ConnectorError extends Error {
  override readonly name = "ConnectorError";
  readonly retryAfterSeconds: number | undefined;
  /** True when it is certain that no byte of the request was sent: only then may a call with an effect be repeated. */
  readonly unsent: boolean;
  constructor(
    readonly kind: ConnectorErrorKind,
    readonly answer: VendorAnswer,
    options: { retryAfterSeconds?: number; unsent?: boolean; cause?: unknown } = {},
  ) {
    super(`${answer.operation}: ${kind}${answer.status === null ? "" : ` (${answer.status})`}`, {
      cause: options.cause,
    });
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.unsent = options.unsent ?? false;
  }
  /** Whether the same call may help later, its effect aside. */
  get isRetriable(): boolean {
    return this.kind === "unavailable" || this.kind === "rate_limited";
  }
}
