import { and, count, eq, ne, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { webhookDeliveries, webhookEvents } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { AuditDetails } from "@/lib/platform/audit/actions";
import { auditActorOf, type PartnerActor } from "@/lib/platform/audit/partner-actor";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { getEndpointRow, isInReplay } from "./queries";
import type { DeliveryState } from "./schema";

type Partner = ScopedTransaction<"partner">;
export type ReplayRange = {
  states: readonly Exclude<DeliveryState, "pending">[];
  from?: Date | undefined;
  to?: Date | undefined;
};

const AGAIN = { state: "pending", failures: 0 } as const;

/** How many deliveries a replay would send. */
export async function countReplay(
  tx: Partner,
  actor: PartnerActor,
  endpointId: string,
  range: ReplayRange,
): Promise<number> {
  await getEndpointRow(tx, actor, endpointId);
  const [row] = await tx
    .select({ count: count() })
    .from(webhookDeliveries)
    .where(isInReplay(endpointId, range));
  return row?.count ?? 0;
}

/** Sends the range again, with the same `webhook-id`s. Gives how many. Throws `conflict` unless the endpoint is active. */
export async function replayRange(
  tx: Partner,
  actor: PartnerActor,
  endpointId: string,
  range: ReplayRange,
): Promise<number> {
  await assertActive(tx, actor, endpointId);
  const replayed = await tx
    .update(webhookDeliveries)
    .set({ ...AGAIN, nextAttemptAt: new Date() })
    .where(isInReplay(endpointId, range))
    .returning({ id: webhookDeliveries.id });
  await recordReplay(tx, actor, endpointId, { count: replayed.length });
  return replayed.length;
}

/** Sends one delivery again. Throws `not_found`, and `conflict` while it is under way or the endpoint is not active. */
export async function replayDelivery(tx: Partner, actor: PartnerActor, deliveryId: string): Promise<void> {
  const [delivery] = await tx
    .select({ endpointId: webhookDeliveries.endpointId })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.id, deliveryId));
  if (!delivery) throw new AppError("not_found", "delivery");
  await assertActive(tx, actor, delivery.endpointId);
  const replayed = await tx
    .update(webhookDeliveries)
    .set({ ...AGAIN, nextAttemptAt: new Date() })
    .where(and(eq(webhookDeliveries.id, deliveryId), ne(webhookDeliveries.state, "pending")))
    .returning({ id: webhookDeliveries.id });
  if (replayed.length === 0) throw new AppError("conflict", "the delivery is under way already");
  await recordReplay(tx, actor, delivery.endpointId, { deliveryId });
}

/** An event of type `endpoint.test` for this endpoint alone, whatever it subscribes to. Gives the delivery's id. */
export async function sendTestEvent(tx: Partner, actor: PartnerActor, endpointId: string): Promise<string> {
  await assertActive(tx, actor, endpointId);
  const { partnerId, stage } = actor;
  const event = { id: uuidv7(), partnerId, stage, type: "endpoint.test", subjectId: endpointId } as const;
  const next = sql<number>`(select coalesce(max(e.sequence), 0) + 1 from webhook_events e where e.subject_id = ${endpointId})`;
  await tx.insert(webhookEvents).values({ ...event, sequence: next, data: { endpointId } });
  const id = uuidv7();
  await tx
    .insert(webhookDeliveries)
    .values({ id, eventId: event.id, endpointId, partnerId, state: "pending", nextAttemptAt: new Date() });
  await recordReplay(tx, actor, endpointId, { test: true });
  return id;
}

async function assertActive(tx: Partner, actor: PartnerActor, endpointId: string): Promise<void> {
  const { state } = await getEndpointRow(tx, actor, endpointId);
  if (state !== "active")
    throw new AppError("conflict", `the endpoint is ${state}; set its state to "active" first`);
}

async function recordReplay(
  tx: Partner,
  actor: PartnerActor,
  endpointId: string,
  detail: AuditDetails["webhook_endpoint.replay"],
): Promise<void> {
  await enqueueEvent(tx, "webhook/endpoint.due", { endpointId });
  await writeAudit(tx, {
    actor: auditActorOf(actor),
    partnerId: actor.partnerId,
    action: "webhook_endpoint.replay",
    subject: { kind: "webhook_endpoint", id: endpointId },
    detail,
  });
}
