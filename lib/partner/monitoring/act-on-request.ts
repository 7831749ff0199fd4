import { and, eq } from "drizzle-orm";
import { activationRequests, activations, integrations, outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { decideActivationRequest } from "@/lib/activation/request/decide-activation-request";
import { lockRequest } from "@/lib/activation/request/lock-request";
import { isRetryable } from "@/lib/activation/request/rules";
import type { PartnerDecision } from "@/lib/activation/request/schema";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { requeueMail } from "@/lib/platform/outbox/requeue-mail";
import { findConsentEnd, wasRetryAsked } from "./get-request";
import { latestDeadline, listExtensions } from "./rules";
import type { ManyDecision } from "./schema";

type Partner = ScopedTransaction<"partner">;

/** Decides in the console as `PUT /api/v1/activation-requests/{id}` does, by the same verb with the same answers. */
export async function decideInConsole(
  tx: Partner,
  member: PartnerMember,
  requestId: string,
  decision: PartnerDecision,
): Promise<void> {
  assertMay(member, "requests.decide");
  const [row] = await tx
    .select({ connector: integrations.connector })
    .from(activationRequests)
    .innerJoin(integrations, eq(integrations.id, activationRequests.integrationId))
    .where(eq(activationRequests.id, requestId));
  if (!row) throw new AppError("not_found", "activation request");
  await decideActivationRequest(tx, member, { requestId, connector: row.connector }, decision);
}

/** Approves or rejects all companies of a request at once, as `decideInConsole` does with each. */
export async function decideWholeRequest(
  tx: Partner,
  member: PartnerMember,
  requestId: string,
  decision: ManyDecision,
): Promise<void> {
  const rows = await tx
    .select({ environmentId: activations.environmentId })
    .from(activations)
    .where(eq(activations.requestId, requestId));
  const ids = rows.map(({ environmentId }) => environmentId);
  await decideInConsole(
    tx,
    member,
    requestId,
    decision.choice === "approve"
      ? { approve: ids, reject: [] }
      : { approve: [], reject: ids.map((environmentId) => ({ environmentId, reason: decision.reason })) },
  );
}

/**
 * Gives the decision more time: a number of days, or `latest`. Throws `conflict` once it is decided, `gone` past the
 * deadline, `invalid_input` for a time beyond the consent at the vendor.
 */
export async function extendDeadline(
  tx: Partner,
  member: PartnerMember,
  { requestId, to }: { requestId: string; to: string },
): Promise<void> {
  assertMay(member, "requests.decide");
  const request = await lockRequest(tx, requestId);
  if (request.state !== "awaiting_partner") throw new AppError("conflict", `it is ${request.state}`);
  const now = new Date();
  if (request.deadlineAt <= now) throw new AppError("gone", "the deadline has passed");
  const latest = latestDeadline(await findConsentEnd(tx, requestId), now);
  const extension = listExtensions(request.deadlineAt, latest).find((one) => one.to === to);
  if (!extension) throw new AppError("invalid_input", "the consent at the vendor ends before");
  await tx
    .update(activationRequests)
    .set({ deadlineAt: extension.at, updatedAt: now })
    .where(eq(activationRequests.id, requestId));
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    accountId: request.accountId,
    action: "request.extend",
    subject: { kind: "activation_request", id: requestId },
    detail: { deadlineAt: extension.at.toISOString() },
  });
}

/** Ends a request that waits, without a decision. Throws `forbidden`, `not_found` or `conflict`. */
export async function cancelInConsole(tx: Partner, member: PartnerMember, requestId: string): Promise<void> {
  assertMay(member, "requests.decide");
  await cancelActivationRequest(tx, member, requestId);
}

/**
 * Has the customer asked by mail to try again what did not become active; the customer does it, with a consent of its own. Once for a
 * request. Throws `forbidden`, `not_found`, and `conflict` when nothing can be retried, or it was asked or begun already.
 */
export async function askForRetry(tx: Partner, member: PartnerMember, requestId: string): Promise<void> {
  assertMay(member, "requests.decide");
  const request = await lockRequest(tx, requestId);
  const rows = await tx.select().from(activations).where(eq(activations.requestId, requestId));
  const left = rows.filter(isRetryable).length;
  if (request.settledAt === null || left === 0) throw new AppError("conflict", "nothing to retry");
  if (await wasRetryAsked(tx, request)) throw new AppError("conflict", "the customer was asked already");
  await tx
    .update(activationRequests)
    .set({ retryAskedAt: new Date() })
    .where(eq(activationRequests.id, requestId));
  await enqueueEvent(tx, "request/retry.asked", { requestId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    accountId: request.accountId,
    action: "request.ask_retry",
    subject: { kind: "activation_request", id: requestId },
    detail: { environments: left },
  });
}

/** Has a mail about a request that failed sent again. Throws `forbidden`, `not_found`, or `conflict` in any other state. */
export async function resendRequestMail(
  tx: Partner,
  member: PartnerMember,
  { requestId, mailId }: { requestId: string; mailId: string },
): Promise<void> {
  assertMay(member, "mails.resend");
  const [mail] = await tx
    .select({ id: outboxMails.id })
    .from(outboxMails)
    .where(and(eq(outboxMails.id, mailId), eq(outboxMails.subjectId, requestId)));
  if (!mail) throw new AppError("not_found", "mail");
  await requeueMail(tx, mailId);
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "mail.resend",
    subject: { kind: "mail", id: mailId },
  });
}
