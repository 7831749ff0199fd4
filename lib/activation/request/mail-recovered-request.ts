import { and, eq, inArray, or } from "drizzle-orm";
import { activationRequests, activations, memberships, outboxMails, users } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { findGuestWhoSubmitted, findHandOverSender } from "./settle-activation-request";

/**
 * Takes back what the request's mail said: queued once, when the last of its environments whose keys were in doubt is
 * active again. Goes to whom the first mail went to, as far as they are in the account.
 */
export async function mailRecoveredRequest(tx: SystemTransaction, requestId: string): Promise<void> {
  const [inDoubt] = await tx
    .select({ id: activations.id })
    .from(activations)
    .where(and(eq(activations.requestId, requestId), eq(activations.failureReason, "needs_recovery")))
    .limit(1);
  if (inDoubt) return;
  const [request] = await tx.select().from(activationRequests).where(eq(activationRequests.id, requestId));
  // Until it is settled its one mail is yet to come, and will tell how everything ended.
  if (request?.state !== "settled") return;
  const mail = { subjectId: requestId, accountId: request.accountId, partnerId: request.partnerId };
  const [colleague] = await tx
    .select({ recipient: users.email, locale: users.locale })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(
      and(
        eq(memberships.accountId, request.accountId),
        // A submitter may have another address by now; one who left before the end was not told, somebody else was.
        or(eq(users.id, request.submittedBy), inArray(users.email, listTold(tx, requestId))),
      ),
    )
    .orderBy(memberships.createdAt)
    .limit(1);
  const member = (await findGuestWhoSubmitted(tx, request)) ?? colleague;
  if (member) await queueMail(tx, { kind: "request_recovered", ...mail, ...member });
  const sender = await findHandOverSender(tx, request);
  if (sender && sender.recipient !== member?.recipient)
    await queueMail(tx, { kind: "request_recovered_copy", ...mail, ...sender });
}

const listTold = (tx: SystemTransaction, requestId: string) =>
  tx
    .select({ recipient: outboxMails.recipient })
    .from(outboxMails)
    .where(and(eq(outboxMails.subjectId, requestId), eq(outboxMails.kind, "request_settled")));
