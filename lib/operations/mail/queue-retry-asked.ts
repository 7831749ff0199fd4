import { eq } from "drizzle-orm";
import { activationRequests } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { findRecipient } from "@/lib/activation/request/find-recipient";
import { queueMail } from "@/lib/platform/outbox/queue-mail";

/** Queues the mail by which a customer is asked to try again, once for a request. May run twice. */
export async function queueRetryAsked(tx: SystemTransaction, requestId: string): Promise<void> {
  const [request] = await tx.select().from(activationRequests).where(eq(activationRequests.id, requestId));
  const to = request && (await findRecipient(tx, request));
  if (!to) return;
  const { accountId, partnerId } = request;
  await queueMail(tx, { kind: "retry_asked", subjectId: requestId, accountId, partnerId, ...to });
}
