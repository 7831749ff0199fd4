import type { ActivateInput } from "@/lib/connectors/connector";
import { DECLINED_REASONS } from "./declined-reasons";
import type { ActivationState } from "./schema";

type DecidedActivation = { externalId: string; state: ActivationState; rejectionReason: string | null };

function reasonOf(activation: DecidedActivation | undefined): string {
  if (activation?.state === "rejected" && activation.rejectionReason) return activation.rejectionReason;
  if (activation?.state === "cancelled") return DECLINED_REASONS.cancelled;
  // Given up here while the vendor was out of reach; it hears of it later.
  if (activation?.state === "failed") return DECLINED_REASONS.abandoned;
  return activation?.state === "timed_out" ? DECLINED_REASONS.timed_out : DECLINED_REASONS.not_picked;
}

/** The vendor wants every environment of its request named once: approved, or declined with a reason. */
export function toVendorDecision(
  vendorRequest: string,
  candidateExternalIds: readonly string[],
  activations: readonly DecidedActivation[],
): ActivateInput {
  const byExternalId = new Map(activations.map((activation) => [activation.externalId, activation]));
  const isApproved = (externalId: string): boolean => {
    const state = byExternalId.get(externalId)?.state;
    return state === "approved" || state === "activating";
  };
  return {
    vendorRequest,
    approve: candidateExternalIds.filter(isApproved),
    reject: candidateExternalIds
      .filter((externalId) => !isApproved(externalId))
      .map((externalId) => ({ externalId, reason: reasonOf(byExternalId.get(externalId)) })),
  };
}
