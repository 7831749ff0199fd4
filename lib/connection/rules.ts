import type { AttentionCause } from "@/lib/activation/schema";
import type { Verification } from "@/lib/connectors/types";
import { defineStateMachine } from "@/lib/core/state-machine";
import { CONNECTION_STATES, type ConnectionState } from "./schema";

export type ConnectionEvent = "issue" | "verify_well" | "verify_badly" | "offboard" | "remove";

export const connectionMachine = defineStateMachine<ConnectionState, ConnectionEvent>(
  "connection",
  CONNECTION_STATES,
  [
    { from: null, event: "issue", by: ["system"], to: "needs_attention" },
    { from: "needs_attention", event: "verify_well", by: ["system"], to: "active" },
    { from: "needs_attention", event: "verify_badly", by: ["system"], to: "needs_attention" },
    { from: "active", event: "verify_well", by: ["system"], to: "active" },
    { from: "active", event: "verify_badly", by: ["system"], to: "needs_attention" },
    { from: "active", event: "offboard", by: ["system"], to: "offboarding" },
    { from: "needs_attention", event: "offboard", by: ["system"], to: "offboarding" },
    { from: "offboarding", event: "remove", by: ["system"], to: "removed" },
  ],
);

export type VerificationOutcome =
  | { kind: "good" }
  /** Can be cured: the connection stays, with what is wrong. */
  | { kind: "attention"; cause: AttentionCause }
  /** Cannot be cured: the key is given up and the activation fails. */
  | { kind: "failed"; reason: "wrong_identity" | "wrong_product" };

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
