import { randomUUID } from "node:crypto";
import { and, asc, eq, lte } from "drizzle-orm";
import { partnerAlerts, users } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { findNews } from "./find-news";
import { nextDigestAt } from "./rules";

/** The others come with the next sweep, five minutes later. */
const AT_ONCE = 100;

/**
 * Gathers the digests that are due: one mail for each member, and none where nothing happened. The next time is set in the
 * transaction that queues the mail, so that a worker that is killed sends none twice and leaves none out.
 */
export async function queueDigests(tx: SystemTransaction, now: Date): Promise<number> {
  const due = await tx
    .select({ alerts: partnerAlerts, email: users.email, locale: users.locale })
    .from(partnerAlerts)
    .innerJoin(users, eq(users.id, partnerAlerts.userId))
    .where(lte(partnerAlerts.dueAt, now))
    .orderBy(asc(partnerAlerts.dueAt))
    .limit(AT_ONCE)
    .for("update", { of: partnerAlerts, skipLocked: true });
  let queued = 0;
  for (const { alerts, email, locale } of due) {
    const { partnerId, userId, toldUntil: since } = alerts;
    const news = await findNews(tx, alerts, { since, now });
    const digestId = news ? randomUUID() : null;
    await tx
      .update(partnerAlerts)
      .set({
        dueAt: nextDigestAt(now, alerts.digest, alerts.timeZone),
        toldUntil: now,
        ...(digestId && { digestId, digestSince: since }),
      })
      .where(and(eq(partnerAlerts.partnerId, partnerId), eq(partnerAlerts.userId, userId)));
    if (!digestId) continue;
    await queueMail(tx, { kind: "partner_digest", subjectId: digestId, partnerId, recipient: email, locale });
    queued++;
  }
  return queued;
}
