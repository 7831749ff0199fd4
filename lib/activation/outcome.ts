import type { ActivationOutcome, ActivationState } from "./schema";

type Activation = {
  state: ActivationState;
  /** It was activated, and its connection was ended since. */
  hasEnded: boolean;
};

/** What an activation is to the customer now. Its state stays what it came to: `active` even when it has ended since. */
export function outcomeOf({ state, hasEnded }: Activation): ActivationOutcome {
  return state === "active" && hasEnded ? "ended" : state;
}
