import type { VendorAnswer } from "@/lib/core/vendor-answer";

/**
 * What went wrong at a vendor, in the few kinds that change what we do next.
 * - `unavailable`: no answer, 5xx, a full limiter. May be repeated; nothing is known about the effect unless `unsent`.
 * - `rate_limited`: the vendor said slow down. May be repeated after `retryAfterSeconds`.
 * - `unauthorized`: the credential is not accepted: revoked, wrong, or its user removed.
 * - `application_refused`: the vendor refuses the partner's application: its secret, its signature or its address. Not the
 *   customer's doing, and nothing is known about the customer's key.
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
  | "disconnected"
  | "forbidden"
  | "not_found"
  | "expired"
  | "rejected"
  | "unexpected";

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
