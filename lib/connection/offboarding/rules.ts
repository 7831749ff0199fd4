import type { KeyFate, OffboardingAsker, OffboardingOutcome, OffboardingStep, ProbeResult } from "./schema";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How long our copy of an old key is kept to see that it dies. */
const PROBED_FOR_MS = 30 * DAY_MS;

/** When the old key is tried for the last time. */
export function probedUntil(askedAt: Date): Date {
  return new Date(askedAt.getTime() + PROBED_FOR_MS);
}

/** Often while the customer may be at it, then daily, and not after the end. */
export function nextProbeAt(askedAt: Date, now: Date): Date {
  const ageMs = now.getTime() - askedAt.getTime();
  const pauseMs = ageMs < HOUR_MS ? 15 * MINUTE_MS : ageMs < DAY_MS ? 3 * HOUR_MS : DAY_MS;
  return new Date(Math.min(now.getTime() + pauseMs, probedUntil(askedAt).getTime()));
}

/** How the matter ends with what the last try showed; null while there is time left to see the key die. */
export function judgeProbe(
  result: ProbeResult,
  askedAt: Date,
  now: Date,
): Exclude<OffboardingOutcome, "shared"> | null {
  if (result === "dead") return "proven_dead";
  if (now < probedUntil(askedAt)) return null;
  return result === "alive" ? "still_works" : "not_proven";
}

/** What the record says of the key at the end. */
export const CLOSING_STEP: Record<OffboardingOutcome, OffboardingStep> = {
  proven_dead: "key_proven_dead",
  still_works: "key_still_works",
  not_proven: "key_not_proven",
  shared: "key_shared",
};

/** What the customer is asked to do in the vendor system where its API does not remove a key, in this order. */
export const CUSTOMER_STEPS = ["remove", "revoke"] as const;

export type OffboardingFacts = {
  askedBy: OffboardingAsker;
  key: KeyFate;
  outcome: OffboardingOutcome | null;
  /** The vendor refused to remove the key: we try again by ourselves. */
  isRefused: boolean;
};

/** How many steps wait for the customer before the end is closed; none while the vendor or the portal is at it. */
export function countStepsLeft(offboarding: OffboardingFacts | null): number {
  if (!offboarding || offboarding.askedBy === "system" || offboarding.outcome !== null) return 0;
  return offboarding.key === "left_to_customer" && !offboarding.isRefused ? CUSTOMER_STEPS.length : 0;
}
