import type { PartnerSteps } from "@/lib/catalogue/integration/schema";
import { defineStateMachine } from "@/lib/core/state-machine";
import {
  ACTIVATION_STATES,
  type ActivationState,
  type FailureReason,
  REQUEST_STATES,
  type RequestState,
} from "./schema";

export type RequestEvent =
  | "submit_automatic"
  | "submit_with_steps"
  | "decide"
  | "answer_form"
  | "cancel"
  | "time_out"
  | "settle";

export const requestMachine = defineStateMachine<RequestState, RequestEvent>("request", REQUEST_STATES, [
  { from: null, event: "submit_automatic", by: ["customer"], to: "processing" },
  { from: null, event: "submit_with_steps", by: ["customer"], to: "awaiting_partner" },
  { from: "awaiting_partner", event: "decide", by: ["partner"], to: "processing" },
  { from: "awaiting_partner", event: "answer_form", by: ["customer"], to: "processing" },
  { from: "awaiting_partner", event: "cancel", by: ["customer", "partner"], to: "cancelled" },
  { from: "awaiting_partner", event: "time_out", by: ["system"], to: "settled" },
  { from: "processing", event: "settle", by: ["system"], to: "settled" },
]);

export type ActivationEvent =
  | "submit_automatic"
  | "submit_with_steps"
  | "approve"
  | "reject"
  | "cancel"
  | "time_out"
  | "start"
  | "issue"
  | "fail"
  | "recover";

export const activationMachine = defineStateMachine<ActivationState, ActivationEvent>(
  "activation",
  ACTIVATION_STATES,
  [
    { from: null, event: "submit_automatic", by: ["customer"], to: "approved" },
    { from: null, event: "submit_with_steps", by: ["customer"], to: "awaiting_partner" },
    { from: "awaiting_partner", event: "approve", by: ["partner", "customer"], to: "approved" },
    { from: "awaiting_partner", event: "reject", by: ["partner"], to: "rejected" },
    { from: "awaiting_partner", event: "cancel", by: ["customer", "partner"], to: "cancelled" },
    { from: "awaiting_partner", event: "time_out", by: ["system"], to: "timed_out" },
    { from: "approved", event: "start", by: ["system"], to: "activating" },
    { from: "approved", event: "fail", by: ["system"], to: "failed" },
    { from: "activating", event: "issue", by: ["system"], to: "active" },
    { from: "activating", event: "fail", by: ["system"], to: "failed" },
    { from: "failed", event: "recover", by: ["system"], to: "active" },
  ],
);

export const IN_FLIGHT_STATES = [
  "awaiting_partner",
  "approved",
  "activating",
] as const satisfies readonly ActivationState[];

/**
 * What a retry covers. A rejection is answered by starting anew, and where a key may exist that nobody has, trying again
 * would hide it.
 */
export function isRetryable(activation: {
  state: ActivationState;
  failureReason: FailureReason | null;
}): boolean {
  if (activation.state === "timed_out") return true;
  return activation.state === "failed" && activation.failureReason !== "needs_recovery";
}

export function isSettled(states: readonly ActivationState[]): boolean {
  return states.every((state) => !IN_FLIGHT_STATES.some((inFlight) => inFlight === state));
}

/** Ten minutes are kept between our decision and the vendor's own expiry, so that the vendor can still be told. */
export const GRANT_MARGIN_MS = 10 * 60 * 1000;

/** The earlier of the specification's time-out and, where the vendor's request expires, that less ten minutes. */
export function decisionDeadline(
  submittedAt: Date,
  decisionTimeoutSeconds: number,
  vendorExpiresAt: Date | null,
): Date {
  const bySpecification = submittedAt.getTime() + decisionTimeoutSeconds * 1000;
  if (vendorExpiresAt === null) return new Date(bySpecification);
  return new Date(Math.min(bySpecification, vendorExpiresAt.getTime() - GRANT_MARGIN_MS));
}

export function submitEvent(steps: PartnerSteps): "submit_automatic" | "submit_with_steps" {
  return steps.kind === "none" ? "submit_automatic" : "submit_with_steps";
}

/** Whom a request in this state waits for. */
export function waitingFor(
  state: RequestState,
  steps: Pick<PartnerSteps, "kind">,
  isStepDone: boolean,
): "customer" | "partner" | "vendor" | null {
  if (state === "processing") return "vendor";
  if (state !== "awaiting_partner") return null;
  return steps.kind === "form" || (steps.kind === "page" && !isStepDone) ? "customer" : "partner";
}

/**
 * After how long a vendor's list is read again when the answer to a decision was lost and it showed no effect: a vendor may
 * carry out late what its gateway gave up waiting for.
 */
const LOOKS_AFTER_MINUTES = [15, 60, 3 * 60, 8 * 60, 24 * 60];

/** The next of these looks; null once they are over. */
export function nextLookAt(sentAt: Date, now: Date): Date | null {
  const looks = LOOKS_AFTER_MINUTES.map((minutes) => new Date(sentAt.getTime() + minutes * 60_000));
  return looks.find((look) => look > now) ?? null;
}
