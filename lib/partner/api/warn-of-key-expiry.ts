import { and, eq, gt, isNull, lte } from "drizzle-orm";
import { apiKeys, partners } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { DEFAULT_LOCALE } from "@/lib/core/locales";
import { queueMail } from "@/lib/platform/outbox/queue-mail";

const DAY_MS = 24 * 3600 * 1000;
const WARNINGS = [
  { days: 1, kind: "api_key_expires_1" },
  { days: 10, kind: "api_key_expires_10" },
  { days: 30, kind: "api_key_expires_30" },
] as const;

/** Tells partners 30, 10 and 1 days before a key of theirs ends; of several that are due the nearest alone. */
export async function warnOfKeyExpiry(tx: SystemTransaction, now: Date): Promise<void> {
  const within = new Date(now.getTime() + 30 * DAY_MS);
  const ending = await tx
    .select({
      id: apiKeys.id,
      partnerId: apiKeys.partnerId,
      expiresAt: apiKeys.expiresAt,
      createdAt: apiKeys.createdAt,
      recipient: partners.notifyEmail,
    })
    .from(apiKeys)
    .innerJoin(partners, eq(partners.id, apiKeys.partnerId))
    .where(and(isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now), lte(apiKeys.expiresAt, within)));
  for (const { id, partnerId, recipient, expiresAt, createdAt } of ending) {
    if (!expiresAt) continue;
    const leftMs = expiresAt.getTime() - now.getTime();
    const warning = WARNINGS.find(({ days }) => leftMs <= days * DAY_MS);
    // A key that was made for ten days needs no warning on its first one.
    if (!warning || expiresAt.getTime() - createdAt.getTime() <= warning.days * DAY_MS) continue;
    await queueMail(tx, { kind: warning.kind, subjectId: id, partnerId, recipient, locale: DEFAULT_LOCALE });
  }
}
