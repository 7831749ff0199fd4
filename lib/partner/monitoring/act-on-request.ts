import { and, eq } from "drizzle-orm";
import { activationRequests, integrations, outboxMails } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { decideActivationRequest } from "@/lib/activation/request/decide-activation-request";
import type { PartnerDecision } from "@/lib/activation/request/schema";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { requeueMail } from "@/lib/platform/outbox/requeue-mail";

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

/** Ends a request that waits, without a decision. Throws `forbidden`, `not_found` or `conflict`. */
export async function cancelInConsole(tx: Partner, member: PartnerMember, requestId: string): Promise<void> {
  assertMay(member, "requests.decide");
  await cancelActivationRequest(tx, member, requestId);
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
