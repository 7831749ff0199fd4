export const DRAFT_STATES = ["open", "submitted", "discarded", "expired"] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/**
 * `starting`: the vendor is asked where to send the customer. `consenting`: the customer is there, with a state of ours.
 * `reading`: the vendor is being asked. `unconfirmed`: the person who consented is the signed-in one, who has yet to say
 * so. `awaiting_initiator`: somebody else consented and has to confirm. `open`: claimed, can be picked from.
 */
export const GRANT_STATES = [
  "starting",
  "consenting",
  "reading",
  "unconfirmed",
  "awaiting_initiator",
  "open",
  "used",
  "refused",
  "released",
  "expired",
] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** A vendor's request in one of these belongs to its account for ever; the index `grants_one_claim` names the same. */
export const CLAIMED_GRANT_STATES = [
  "open",
  "used",
  "released",
  "expired",
] as const satisfies readonly GrantState[];

export const GRANT_REFUSALS = [
  "not_found",
  "expired",
  "other_integration",
  "already_claimed",
  "initiator_unknown",
  "no_link",
  "unavailable",
  "canceled",
  "client_not_found",
  "no_client_access",
  "integration_blocked",
  "unknown_outcome",
  "token_missing",
  "answer_lost",
  "nothing_granted",
  /** The vendor's consent covers no company that could be offered. */
  "no_companies",
  /** The vendor does not accept the partner's application, or its API is not where the settings say. */
  "application_refused",
] as const;
export type GrantRefusal = (typeof GRANT_REFUSALS)[number];
