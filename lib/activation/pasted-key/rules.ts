import type { ActivationState, AttentionCause, FailureReason } from "@/lib/activation/request/schema";
import type { ConnectionState } from "@/lib/connection/lifecycle/schema";
import type { Verification } from "@/lib/connectors/connector";
import { defineStateMachine } from "@/lib/core/state-machine";
import { PASTED_KEY_STATES, type PastedKeyRefusal, type PastedKeyState } from "./schema";

type PastedKeyEvent = "paste" | "accept" | "refuse";

export const pastedKeyMachine = defineStateMachine<PastedKeyState, PastedKeyEvent>(
  "pasted key",
  PASTED_KEY_STATES,
  [
    { from: null, event: "paste", by: ["customer"], to: "checking" },
    { from: "checking", event: "accept", by: ["system"], to: "accepted" },
    { from: "checking", event: "refuse", by: ["system"], to: "refused" },
  ],
);

/**
 * Whether the vendor's login page leads back here: a client has one registered return address, which may be the partner's
 * own product's.
 */
export function canLogInForKey(application: { redirectUri?: string }, slug: string): boolean {
  const { redirectUri } = application;
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return false;
  return new URL(redirectUri).pathname === `/connect/${slug}/return`;
}

/** Why a key that the vendor accepts is not used all the same; null when it may be. */
export function judgePastedKey({ productFit, rights }: Verification): PastedKeyRefusal | null {
  if (productFit === "wrong") return "wrong_product";
  if (rights.boundToNaturalPerson === true) return "natural_person";
  return rights.missing.length > 0 ? "rights_missing" : null;
}

/** Whether a connection has a key that nobody has looked at yet: its first check, or the first since it took another one. */
export function isFirstCheckDue(connection: {
  attention: AttentionCause | null;
  stateSince: Date;
  verifiedAt: Date | null;
}): boolean {
  if (connection.attention !== "verification_pending") return false;
  return connection.verifiedAt === null || connection.verifiedAt < connection.stateSince;
}

/** What a new key cures. A right that is missing or too many is put right at the vendor, with the key as it is. */
const CURED_BY_A_KEY: readonly AttentionCause[] = ["credential_refused", "disconnected", "natural_person"];

/** Whether a pasted key can bring an activation to life, or its connection back. */
export function canTakeKey(
  activation: { state: ActivationState; failureReason: FailureReason | null },
  connection: { state: ConnectionState; attention: AttentionCause | null } | null,
): boolean {
  if (activation.state === "failed") return activation.failureReason === "needs_recovery";
  if (activation.state !== "active" || connection?.state !== "needs_attention") return false;
  return CURED_BY_A_KEY.some((cause) => cause === connection.attention);
}
