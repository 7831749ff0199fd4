/**
 * `live`: the values in use are tried once more. `change`: new values are tried, and take the place of those in use once
 * the vendor accepted them.
 */
export const TRIAL_KINDS = ["live", "change"] as const;
export type TrialKind = (typeof TRIAL_KINDS)[number];

/** A refused change keeps its values until it is tried again, replaced by another change or discarded. */
export const TRIAL_STATES = ["waiting", "running", "passed", "refused", "discarded"] as const;
export type TrialState = (typeof TRIAL_STATES)[number];

/**
 * Why a trial did not pass. `refused`: by the vendor. `unreachable`: the vendor did not answer, or asked to wait. `setting`:
 * a value that no call can be made with. `incomplete`: a required value is missing. `unreadable`: the secrets do not open.
 * `taken`: the client id is another application's. `in_use`: the client id cannot change under connected customers.
 * `not_tried`: no worker came to it.
 */
export const TRIAL_FAILURES = [
  "refused",
  "unreachable",
  "setting",
  "incomplete",
  "unreadable",
  "taken",
  "in_use",
  "not_tried",
] as const;
export type TrialFailure = (typeof TRIAL_FAILURES)[number];

/** One thing that a trial proves, as far as it came. The title and note are the connector's words, in English. */
export type TrialCheck = {
  title: string;
  state: "running" | "passed" | "failed" | "skipped";
  note?: string;
};
