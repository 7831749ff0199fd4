import type { VendorAnswer } from "@/lib/core/vendor-answer";

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

/** `change_refused`: what is in use works as before, and the vendor did not accept what was to take its place. */
export const APPLICATION_STATES = [
  "trying",
  "works",
  "change_refused",
  "refused",
  "incomplete",
  "untried",
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export type ApplicationInput = {
  clientId: string;
  settings: Record<string, string>;
  /** Those that were typed; the others stay as they are. */
  secrets: Record<string, string>;
};

export type ApplicationRow = {
  id: string;
  connectorName: string;
  stage: string;
  clientId: string;
  state: ApplicationState;
  provenAt: string | null;
  usedBy: string[];
};

export type TrialView = {
  id: string;
  kind: TrialKind;
  state: TrialState;
  checks: TrialCheck[];
  failure: TrialFailure | null;
  vendorAnswer: VendorAnswer | null;
  /** Titles of the secrets that it replaces. */
  replaces: string[];
  requestedBy: string | null;
  at: string;
};

/** A field of the form; the words are the connector's. */
export type ApplicationFieldView = {
  /** In the form: `clientId`, `settings.NAME` or `secrets.NAME`. */
  name: string;
  title: string;
  help: string;
  whereToFind: string | null;
  placeholder: string | null;
  replacing: string | null;
  isRequired: boolean;
  isSecret: boolean;
  isMultiline: boolean;
  /** Of what is no secret. */
  value: string | null;
  /** Of a secret: one is in use. */
  isThere: boolean;
};

export type ApplicationView = ApplicationRow & {
  fields: ApplicationFieldView[];
  /** A base address that the operator set, in the place of the vendor's own. */
  standIn: string | null;
  canBeTried: boolean;
  /** The client id is fixed: keys of connected customers are bound to it. */
  isClientIdFixed: boolean;
  /** The newest trial that was not discarded. */
  current: TrialView | null;
  /** Former trials, the newest first. */
  history: TrialView[];
  /** Where the vendor sends customers back to: registered there beforehand. */
  returnAddresses: string[];
};
