import { and, desc, eq } from "drizzle-orm";
import { activationRequests } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { findRecipient } from "@/lib/activation/request/find-recipient";
import { listNotices, readRetirement } from "@/lib/connection/retirement/carry-out";
import { queueMail } from "@/lib/platform/outbox/queue-mail";

/** So many stand before another mail at the most: the function `carry-out-retirement` waits a minute after them. */
const AT_ONCE = 200;

/**
 * Queues a mail for each account that a retirement concerns, some accounts at a time: that it is announced, that its day is near, or that it
 * was taken back. Gives where it goes on; null at the end. May run twice: a mail of a kind is queued once.
 */
export async function queueRetirementMails(
  tx: SystemTransaction,
  retirementId: string,
  after: string | null,
): Promise<string | null> {
  const retirement = await readRetirement(tx, retirementId);
  if (!retirement) return null;
  const kinds = retirement.withdrawnAt
    ? (["integration_stays"] as const)
    : retirement.remindedAt
      ? (["integration_retires", "integration_retires_soon"] as const)
      : (["integration_retires"] as const);
  const notices = await listNotices(tx, retirementId, { kinds, after, limit: AT_ONCE });
  for (const { id, accountId } of notices) {
    const [request] = await tx
      .select()
      .from(activationRequests)
      .where(
        and(
          eq(activationRequests.accountId, accountId),
          eq(activationRequests.integrationId, retirement.integrationId),
        ),
      )
      .orderBy(desc(activationRequests.submittedAt))
      .limit(1);
    const to = request && (await findRecipient(tx, request));
    if (!to) continue;
    const mail = { subjectId: id, accountId, ...to };
    for (const kind of kinds) await queueMail(tx, { kind, ...mail });
  }
  return notices.length < AT_ONCE ? null : (notices.at(-1)?.id ?? null);
}
