import type { OwnOffboardingView } from "@/lib/connection/offboarding/schema";

/** What the page says of a connection that was ended: a key of `connectionPage.end`. */
export type EndSituation =
  | "pending"
  | "waiting_for_vendor"
  | "left"
  | "refused"
  /** The portal ended it itself: the key was another company's or for another product, and was never tried again. */
  | "given_up"
  | NonNullable<OwnOffboardingView["outcome"]>;

type End = Pick<OwnOffboardingView, "askedBy" | "outcome" | "key" | "removalAnswer" | "lastProbe">;

export function describeEnd({ askedBy, outcome, key, removalAnswer, lastProbe }: End): EndSituation {
  if (askedBy === "system") return "given_up";
  if (outcome) return outcome;
  if (key === "left_to_customer") return removalAnswer ? "refused" : "left";
  return lastProbe ? "waiting_for_vendor" : "pending";
}
