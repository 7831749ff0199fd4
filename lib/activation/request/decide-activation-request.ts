import { and, eq, inArray } from "drizzle-orm";
import { activationRequests, activations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import { canonicalJson } from "@/lib/core/canonical-json";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { type LockedRequest, lockRequest } from "./lock-request";
import { activationMachine, requestMachine } from "./rules";
import type { PartnerDecision } from "./schema";

/** A member of the partner, or its software by an API key. */
type Decider = { partnerId: string } & ({ keyId: string } | { userId: string });

/**
 * Records the partner's decision over all environments of a request at once.
 * Answers in this order: `not_found` (also another partner's); the same decision again is `repeated`, even past the
 * deadline; another decision, or a request that ended, is `conflict`; past the deadline `gone`; an environment missing,
 * doubled or foreign, or a reason that the vendor does not take, `invalid_input`.
 */
export async function decideActivationRequest(
  tx: ScopedTransaction<"partner">,
  decider: Decider,
  target: { requestId: string; connector: string },
  decision: PartnerDecision,
): Promise<"recorded" | "repeated"> {
  const request = await lockRequest(tx, target.requestId);
  const normalized = normalize(decision);
  if (request.decision) {
    if (canonicalJson(normalized) === canonicalJson(request.decision)) return "repeated";
    throw new AppError("conflict", "another decision is recorded");
  }
  const now = new Date();
  if (request.state === "awaiting_partner" && request.deadlineAt <= now)
    throw new AppError("gone", "the deadline has passed");
  // A time-out that the worker recorded is past the deadline too; a cancellation is not.
  if (request.activations.some((activation) => activation.state === "timed_out"))
    throw new AppError("gone", "the deadline has passed");
  const state = requestMachine.advance(request.state, "decide");
  assertCoversAll(request, normalized);
  assertReasons(target.connector, normalized);

  await tx
    .update(activationRequests)
    .set({
      state,
      decision: normalized,
      decidedAt: now,
      decidedBy: "keyId" in decider ? `api_key:${decider.keyId}` : `user:${decider.userId}`,
      updatedAt: now,
    })
    .where(eq(activationRequests.id, request.id));
  await recordOutcomes(tx, request.id, normalized, now);
  await enqueueEvent(tx, "activation/request.decided", { requestId: request.id });
  await writeAudit(tx, {
    actor:
      "keyId" in decider
        ? { kind: "api_key", keyId: decider.keyId }
        : { kind: "user", userId: decider.userId },
    partnerId: decider.partnerId,
    accountId: request.accountId,
    action: "request.decide",
    subject: { kind: "activation_request", id: request.id },
    detail: { approved: normalized.approve.length, rejected: normalized.reject.length },
  });
  return "recorded";
}

/** Order does not matter: the same sets are the same decision. */
function normalize(decision: PartnerDecision): PartnerDecision {
  return {
    approve: [...decision.approve].sort(),
    reject: [...decision.reject].sort((a, b) => (a.environmentId < b.environmentId ? -1 : 1)),
  };
}

function assertCoversAll(request: LockedRequest, decision: PartnerDecision): void {
  const named = [...decision.approve, ...decision.reject.map((item) => item.environmentId)];
  const expected = new Set(request.activations.map((activation) => activation.environmentId));
  const isExact =
    named.length === expected.size &&
    new Set(named).size === named.length &&
    named.every((id) => expected.has(id));
  if (!isExact) throw new AppError("invalid_input", "name every environment of the request exactly once");
}

function assertReasons(connector: string, decision: PartnerDecision): void {
  const { consent } = getConnector(connector);
  // Only a vendor that waits for the decision is told the reasons.
  if (consent.kind === "decision" && !decision.reject.every((item) => consent.acceptsReason(item.reason))) {
    throw new AppError(
      "invalid_input",
      "a reason has characters that the vendor does not take, or is too long",
    );
  }
}

async function recordOutcomes(
  tx: ScopedTransaction<"partner">,
  requestId: string,
  decision: PartnerDecision,
  now: Date,
): Promise<void> {
  if (decision.approve.length > 0) {
    await tx
      .update(activations)
      .set({ state: activationMachine.advance("awaiting_partner", "approve"), stateSince: now })
      .where(and(eq(activations.requestId, requestId), inArray(activations.environmentId, decision.approve)));
  }
  for (const { environmentId, reason } of decision.reject) {
    await tx
      .update(activations)
      .set({
        state: activationMachine.advance("awaiting_partner", "reject"),
        rejectionReason: reason,
        isOccupying: false,
        stateSince: now,
      })
      .where(and(eq(activations.requestId, requestId), eq(activations.environmentId, environmentId)));
  }
}
