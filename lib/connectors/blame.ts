import { ConnectorError, type ConnectorErrorKind } from "./errors";

/**
 * Whose trouble an error is. `key`: the customer's key. `integration`: it was ended at the vendor for this environment.
 * `rights`: the caller's key works and may not do this. `application`: the partner's, or of whoever runs this installation:
 * nothing that a customer can put right. null: the error tells nothing of a credential.
 */
export type Blame = "key" | "integration" | "rights" | "application" | null;

const BLAMES: Record<ConnectorErrorKind, Blame> = {
  unauthorized: "key",
  disconnected: "integration",
  forbidden: "rights",
  application_refused: "application",
  version_ended: "application",
  unavailable: null,
  rate_limited: null,
  not_found: null,
  expired: null,
  rejected: null,
  unexpected: null,
};

/** The one answer to "whose fault is it" for activations, checks, probes, pasted keys and pre-flight. */
export function blameOf(error: unknown): Blame {
  return error instanceof ConnectorError ? BLAMES[error.kind] : null;
}

/** The same answer, as one to the partner's application. */
export function asApplicationRefused(error: ConnectorError): ConnectorError {
  return new ConnectorError("application_refused", error.answer, { unsent: error.unsent, cause: error });
}

const REFUSALS: readonly ConnectorErrorKind[] = ["unauthorized", "forbidden", "rejected", "disconnected"];

/** An answer by which a vendor does not accept what was shown to it. */
export function isRefusal(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && REFUSALS.includes(error.kind);
}

/**
 * A customer's key got no token. Vendors answer a wrong secret of the application in the same way, so the application has to
 * prove itself before the key is blamed. Throws `refusal` when the application is accepted, `application_refused` when it is
 * not, and the proof's own trouble when nothing can be concluded now.
 */
export async function blameKey(refusal: ConnectorError, prove: () => Promise<unknown>): Promise<never> {
  try {
    await prove();
  } catch (error) {
    throw isRefusal(error) ? asApplicationRefused(error) : error;
  }
  throw refusal;
}
