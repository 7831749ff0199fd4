export const DRAFT_STATES = ["open", "submitted", "discarded", "expired"] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/**
 * `reading`: the vendor is being asked. `unconfirmed`: the person who consented is the signed-in one, who has yet to say
 * so. `awaiting_initiator`: somebody else consented and has to confirm. `open`: claimed, can be picked from.
 */
export const GRANT_STATES = [
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
] as const;
export type GrantRefusal = (typeof GRANT_REFUSALS)[number];
