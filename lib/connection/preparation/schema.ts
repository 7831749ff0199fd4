import type { PreparationMender } from "@/lib/connectors/preparation";
import type { VendorAnswer } from "@/lib/core/vendor-answer";

/**
 * Where the preparation of a connection stands. `pending`: the worker is at it, or tries again by itself; `ready`: every step
 * is done; `blocked`: a step needs a person.
 */
export const PREPARATION_STATES = ["pending", "ready", "blocked"] as const;
export type PreparationState = (typeof PREPARATION_STATES)[number];

/** `kept`: it was there before. `cannot`: the customer or the partner has to put something right first. */
export const STEP_STATES = ["waiting", "running", "done", "kept", "cannot"] as const;
export type StepState = (typeof STEP_STATES)[number];

/** What the customer chose for the preparation, by the names of the connector's choices. */
export type PreparationChoices = Readonly<Record<string, string>>;

export type PreparationStepView = {
  /** Id of the connector's step, e.g. `field:contact`. */
  id: string;
  state: StepState;
  /** Code of the reason: why it cannot be done, or why it was done in another way. */
  because: string | null;
  mendedBy: PreparationMender | null;
  /** What was made or found, as the vendor names it, e.g. the programmatic id of a field. */
  value: string | null;
  endedAt: string | null;
  answer: VendorAnswer | null;
};

/** A choice of the connector with the value in force. */
export type PreparationChoice = { name: string; value: string; options: string[] | null };

export type PreparationView = {
  state: PreparationState;
  /** A round is under way, or was asked for. */
  isBusy: boolean;
  steps: PreparationStepView[];
  choices: PreparationChoice[];
  /** Rows were written: where their keys are kept cannot change any more. */
  isFixed: boolean;
  /** What this portal made in the environment for this connection, and can remove at its end. */
  removable: string[];
};
