import { and, asc, eq, isNull, lt, lte, min, or, sql } from "drizzle-orm";
import { webhookDeliveries, webhookEndpoints, webhookEvents } from "@/db/schema";
import { mapConcurrently } from "@/lib/core/map-concurrently";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { attemptDelivery } from "./attempt-delivery";
import type { EndpointRow } from "./queries";
import { openWebhookSecrets } from "./secret";

/** Calls to one endpoint at a time. */
const WIDTH = 5;
const BATCH = 10;
/** Longer than a batch of calls that all run out of time. */
const LEASE_MS = 60_000;
/** A step of a run that works no longer than this can be taken over without much being sent twice. */
const ROUND_MS = 20_000;

/**
 * Sends what is due at an endpoint, oldest event first, while no other process does. Gives when this run is to come
 * back, or null when nothing is left or another run comes back earlier. May run twice and at once.
 */
export async function sendDue(context: WorkerContext, endpointId: string): Promise<Date | null> {
  const until = Date.now() + ROUND_MS;
  let held: EndpointRow | null = null;
  let lease = await takeLease(context, endpointId, null);
  while (lease) {
    held = lease;
    const endpoint = lease;
    const { deliveries, secrets } = await asSystem(context, "list webhooks", async (tx) => ({
      deliveries: await tx
        .select({ delivery: webhookDeliveries, event: webhookEvents })
        .from(webhookDeliveries)
        .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
        .where(and(isPendingAt(endpointId), lte(webhookDeliveries.nextAttemptAt, new Date())))
        .orderBy(asc(webhookEvents.position))
        .limit(BATCH),
      secrets: await openWebhookSecrets(tx, context, endpointId),
    }));
    if (deliveries.length === 0 || Date.now() >= until) break;
    await mapConcurrently(deliveries, WIDTH, (due) =>
      attemptDelivery(context, { ...due, endpoint, secrets }),
    );
    lease = await takeLease(context, endpointId, endpoint.leasedUntil);
  }
  // A run that found the lease taken relies on the look that follows its end. An endpoint that was paused meanwhile is free
  // too, for the moment it is active again.
  if (held) await releaseLease(context, held);
  return planNext(context, endpointId);
}

const isPendingAt = (endpointId: string) =>
  and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.state, "pending"));

/** The active endpoint, leased from now on; `held` is this process's own lease to be renewed. null: another has it, or none may. */
async function takeLease(
  context: WorkerContext,
  endpointId: string,
  held: Date | null,
): Promise<EndpointRow | null> {
  const { leasedUntil } = webhookEndpoints;
  const now = new Date();
  return asSystem(context, "lease webhook endpoint", async (tx) => {
    const [row] = await tx
      .update(webhookEndpoints)
      .set({ leasedUntil: new Date(now.getTime() + LEASE_MS) })
      .where(
        and(
          eq(webhookEndpoints.id, endpointId),
          eq(webhookEndpoints.state, "active"),
          held ? eq(leasedUntil, held) : or(isNull(leasedUntil), lt(leasedUntil, now)),
        ),
      )
      .returning();
    return row ?? null;
  });
}

async function releaseLease(context: WorkerContext, { id, leasedUntil }: EndpointRow): Promise<void> {
  if (!leasedUntil) return;
  await asSystem(context, "release webhook endpoint", (tx) =>
    tx
      .update(webhookEndpoints)
      .set({ leasedUntil: null })
      .where(and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.leasedUntil, leasedUntil))),
  );
}

/** One sleeping run for each endpoint: the one with the earliest time, or those with the same. */
async function planNext(context: WorkerContext, endpointId: string): Promise<Date | null> {
  return asSystem(context, "plan webhooks", async (tx) => {
    const [endpoint] = await tx
      .select()
      .from(webhookEndpoints)
      .where(and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.state, "active")));
    const [due] = await tx
      .select({ at: min(webhookDeliveries.nextAttemptAt) })
      .from(webhookDeliveries)
      .where(isPendingAt(endpointId));
    if (!endpoint || !due?.at) return null;
    const now = new Date();
    const { leasedUntil } = endpoint;
    const isBusy = leasedUntil !== null && leasedUntil > now;
    // What is due while another process works is its work, unless that process has died.
    const at = isBusy && due.at < leasedUntil ? leasedUntil : due.at;
    const { wakesAt } = webhookEndpoints;
    const [planned] = await tx
      .update(webhookEndpoints)
      .set({ wakesAt: at })
      .where(
        and(
          eq(webhookEndpoints.id, endpointId),
          or(isNull(wakesAt), lte(wakesAt, now), sql`${wakesAt} >= ${at.toISOString()}`),
        ),
      )
      .returning({ id: webhookEndpoints.id });
    return planned ? at : null;
  });
}
