import type { Verification } from "@/lib/connectors/connector";
import { defineStateMachine } from "@/lib/core/state-machine";
import { type AttentionCause, CONNECTION_STATES, type ConnectionActor, type ConnectionState } from "./schema";

export type ConnectionEvent =
  | "issue"
  | "verify_well"
  | "verify_badly"
  | "prepare_well"
  | "prepare_badly"
  | "prepare_again"
  | "take_key"
  | "offboard"
  | "remove";

export const connectionMachine = defineStateMachine<ConnectionState, ConnectionEvent>(
  "connection",
  CONNECTION_STATES,
  [
    { from: null, event: "issue", by: ["system"], to: "needs_attention" },
    { from: "needs_attention", event: "verify_well", by: ["system"], to: "active" },
    { from: "needs_attention", event: "verify_badly", by: ["system"], to: "needs_attention" },
    { from: "needs_attention", event: "prepare_well", by: ["system"], to: "active" },
    { from: "needs_attention", event: "prepare_badly", by: ["system"], to: "needs_attention" },
    { from: "active", event: "prepare_again", by: ["system"], to: "needs_attention" },
    { from: "needs_attention", event: "take_key", by: ["system"], to: "needs_attention" },
    { from: "active", event: "verify_well", by: ["system"], to: "active" },
    { from: "active", event: "verify_badly", by: ["system"], to: "needs_attention" },
    {
      from: "active",
      event: "offboard",
      by: ["customer", "partner", "operator", "system"],
      to: "offboarding",
    },
    {
      from: "needs_attention",
      event: "offboard",
      by: ["customer", "partner", "operator", "system"],
      to: "offboarding",
    },
    { from: "offboarding", event: "remove", by: ["system"], to: "removed" },
  ],
);

/** Whether the integration works through it, or would if its trouble were cured. */
export const LIVE_STATES = ["active", "needs_attention"] as const satisfies readonly ConnectionState[];

export const userOf = (actor: ConnectionActor): string | null => ("userId" in actor ? actor.userId : null);
export const keyOf = (actor: ConnectionActor): string | null => ("keyId" in actor ? actor.keyId : null);

export function isLive(state: ConnectionState): boolean {
  return LIVE_STATES.some((live) => live === state);
}

/** Its own trouble comes first: it is cured before anything is agreed to. */
export function shownState<S extends ConnectionState>(connection: {
  state: S;
  needsUpdate: boolean;
}): S | "update_required" {
  return connection.state === "active" && connection.needsUpdate ? "update_required" : connection.state;
}

/** A check that takes longer was lost: the button is offered again. */
const CHECK_TAKES_AT_MOST_MS = 2 * 60_000;

type CheckTimes = { checkWantedAt: Date | null; checkFailedAt: Date | null; verifiedAt: Date | null };

/** Somebody asked for a check, and neither a finding nor a failure has come since. */
export function isBeingChecked({ checkWantedAt, checkFailedAt, verifiedAt }: CheckTimes, now: Date): boolean {
  if (checkWantedAt === null || now.getTime() - checkWantedAt.getTime() > CHECK_TAKES_AT_MOST_MS)
    return false;
  return [checkFailedAt, verifiedAt].every((at) => at === null || at < checkWantedAt);
}

/** Why a key is of no use: another environment's, for another product, or its consent ended before it was ever used. */
export type UselessKey = "wrong_identity" | "wrong_product" | "vendor_expired";

export type VerificationOutcome =
  | { kind: "good" }
  /** Can be cured: the connection stays, with what is wrong. */
  | { kind: "attention"; cause: AttentionCause }
  /** Cannot be cured: the key is given up and the activation fails. */
  | { kind: "failed"; reason: UselessKey };

/** What a verification means. The gravest finding wins; identity comes before everything. */
export function judgeVerification(
  expectedExternalId: string,
  verification: Verification,
): VerificationOutcome {
  if (verification.identity.externalId !== expectedExternalId)
    return { kind: "failed", reason: "wrong_identity" };
  if (verification.productFit === "wrong") return { kind: "failed", reason: "wrong_product" };
  if (verification.rights.missing.length > 0) return { kind: "attention", cause: "rights_missing" };
  if (verification.rights.boundToNaturalPerson === true)
    return { kind: "attention", cause: "natural_person" };
  if (verification.rights.surplus.length > 0) return { kind: "attention", cause: "rights_surplus" };
  return { kind: "good" };
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
  activation: { state: string; failureReason: string | null },
  connection: { state: ConnectionState; attention: AttentionCause | null } | null,
): boolean {
  if (activation.state === "failed") return activation.failureReason === "needs_recovery";
  if (activation.state !== "active" || connection?.state !== "needs_attention") return false;
  return CURED_BY_A_KEY.some((cause) => cause === connection.attention);
}
