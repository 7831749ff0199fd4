import { and, asc, desc, eq, gt, ne, sql } from "drizzle-orm";
import { accountUpdates, activationRequests, outboxMails } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { findRecipient } from "@/lib/activation/request/find-recipient";
import { queueMail } from "@/lib/platform/outbox/queue-mail";

/** So many stand before another mail at the most: the function `offer-update` waits a minute after them. */
const AT_ONCE = 200;

/**
 * Queues one mail for each account that a published version concerns, some accounts at a time: what it asks, or what it announces. To whom
 * and in which language says the newest request of the account for the integration. Gives where it goes on; null at the end. May run twice:
 * a mail is queued once.
 */
export async function queueUpdateMails(
  tx: SystemTransaction,
  specificationId: string,
  after: string | null,
): Promise<string | null> {
  const updates = await tx
    .select()
    .from(accountUpdates)
    .where(
      and(
        eq(accountUpdates.specificationId, specificationId),
        ne(accountUpdates.verdict, "silent"),
        // A later run, for who became active since, does not go through all of them again.
        sql`not exists (select from ${outboxMails} where ${outboxMails.subjectId} = ${accountUpdates.id}
          and ${outboxMails.kind} = case ${accountUpdates.verdict} when 'needs_consent' then 'update_required' else 'update_announced' end)`,
        after ? gt(accountUpdates.id, after) : undefined,
      ),
    )
    .orderBy(asc(accountUpdates.id))
    .limit(AT_ONCE);
  for (const { id, accountId, integrationId, verdict } of updates) {
    const [request] = await tx
      .select()
      .from(activationRequests)
      .where(
        and(eq(activationRequests.accountId, accountId), eq(activationRequests.integrationId, integrationId)),
      )
      .orderBy(desc(activationRequests.submittedAt))
      .limit(1);
    const to = request && (await findRecipient(tx, request));
    if (!to) continue;
    await queueMail(tx, {
      kind: verdict === "needs_consent" ? "update_required" : "update_announced",
      subjectId: id,
      accountId,
      ...to,
    });
  }
  return updates.length < AT_ONCE ? null : (updates.at(-1)?.id ?? null);
}
