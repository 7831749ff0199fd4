import { and, eq, exists, gt, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import {
  idempotencyKeys,
  webhookDeliveries,
  webhookEndpoints,
  webhookEvents,
  webhookSecrets,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import { noteFailing } from "./fail-endpoint";
import { KEPT_DAYS } from "./schema";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A delivery that is due for this long has no run that comes back for it. */
const LOST_AFTER_MS = 2 * MINUTE_MS;
const IDEMPOTENCY_DAYS = 7;

/** Wakes a run for each endpoint whose due deliveries were left behind, and tells of those that fail. Gives how many it woke. */
export async function reviveWebhooks(tx: SystemTransaction, now: Date): Promise<number> {
  const { leasedUntil } = webhookEndpoints;
  const isDue = tx
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpointId, webhookEndpoints.id),
        eq(webhookDeliveries.state, "pending"),
        lt(webhookDeliveries.nextAttemptAt, new Date(now.getTime() - LOST_AFTER_MS)),
      ),
    );
  const left = await tx
    .select({ endpointId: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(
      and(eq(webhookEndpoints.state, "active"), or(isNull(leasedUntil), lt(leasedUntil, now)), exists(isDue)),
    );
  await enqueueEvents(tx, "webhook/endpoint.due", left);
  const failing = await tx
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.state, "active"), isNotNull(webhookEndpoints.failingSince)));
  for (const endpoint of failing) await noteFailing(tx, endpoint, now);
  return left.length;
}

/** Events of more than 30 days ago with their deliveries, ended secrets, and answers kept for repeated calls. */
export async function purgeWebhooks(tx: SystemTransaction, now: Date): Promise<void> {
  const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const later = alias(webhookEvents, "later");
  await tx.delete(webhookEvents).where(
    and(
      lt(webhookEvents.createdAt, before(KEPT_DAYS)),
      // The newest of a subject stays: the next one's number goes on from it.
      exists(
        tx
          .select({ one: sql`1` })
          .from(later)
          .where(
            and(eq(later.subjectId, webhookEvents.subjectId), gt(later.sequence, webhookEvents.sequence)),
          ),
      ),
    ),
  );
  await tx
    .update(webhookEvents)
    .set({ data: sql`${webhookEvents.data} || '{"customerRef": null}'::jsonb` })
    .where(
      and(
        lt(webhookEvents.createdAt, before(KEPT_DAYS)),
        sql`${webhookEvents.data} ->> 'customerRef' is not null`,
      ),
    );
  await tx.delete(webhookDeliveries).where(lt(webhookDeliveries.createdAt, before(KEPT_DAYS)));
  await tx.delete(webhookSecrets).where(lt(webhookSecrets.expiresAt, now));
  await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before(IDEMPOTENCY_DAYS)));
}
