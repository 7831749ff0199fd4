import type { ActivationOutcome, ActivationState, FailureReason } from "./schema";

type Activation = {
  state: ActivationState;
  failureReason: FailureReason | null;
  /** It was activated, and its connection was ended since. */
  hasEnded: boolean;
};

/** What an activation is to the customer now. Its state stays what it came to. */
export function outcomeOf({ state, failureReason, hasEnded }: Activation): ActivationOutcome {
  if (state === "active" && hasEnded) return "ended";
  // The answer was lost: the vendor may well have activated it, so it is not told as a failure.
  return state === "failed" && failureReason === "needs_recovery" ? "unknown" : state;
}
