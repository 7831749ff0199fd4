import { and, count, desc, eq, gt, gte, inArray, isNotNull, lt, lte, type SQL, sql } from "drizzle-orm";
import {
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
  webhookEvents,
  webhookSecrets,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { PartnerActor } from "@/lib/platform/audit/partner-actor";
import type { WebhookEventType } from "./events";
import {
  type DeliveryState,
  KEPT_DAYS,
  type WebhookAttemptView,
  type WebhookDeliveryView,
  type WebhookEndpointView,
  type WebhookEventView,
} from "./schema";

type Partner = ScopedTransaction<"partner">;
type Owner = Pick<PartnerActor, "partnerId" | "stage">;
export type EndpointRow = typeof webhookEndpoints.$inferSelect;
type EventRow = typeof webhookEvents.$inferSelect;

const ofStage = ({ stage }: Owner) => eq(webhookEndpoints.stage, stage);
const keptSince = (): Date => new Date(Date.now() - KEPT_DAYS * 24 * 3600 * 1000);

export async function listWebhookEndpoints(tx: Partner, owner: Owner): Promise<WebhookEndpointView[]> {
  const rows = await tx
    .select()
    .from(webhookEndpoints)
    .where(ofStage(owner))
    .orderBy(desc(webhookEndpoints.id));
  const previous = await findPreviousSecrets(
    tx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toEndpoint(row, previous.get(row.id)));
}

/** For pages, which name no stage. Throws `not_found`. */
export async function getEndpointStage(tx: Partner, id: string): Promise<string> {
  const [row] = await tx
    .select({ stage: webhookEndpoints.stage })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, id));
  if (!row) throw new AppError("not_found", "webhook endpoint");
  return row.stage;
}

/** How many deliveries of an endpoint are in each state. */
export async function countDeliveries(
  tx: Partner,
  endpointId: string,
): Promise<Record<DeliveryState, number>> {
  const rows = await tx
    .select({ state: webhookDeliveries.state, count: count() })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.endpointId, endpointId))
    .groupBy(webhookDeliveries.state);
  const counts = new Map(rows.map((row) => [row.state, row.count]));
  const of = (state: DeliveryState) => counts.get(state) ?? 0;
  return { pending: of("pending"), delivered: of("delivered"), failed: of("failed"), held: of("held") };
}

/** Throws `not_found` for another partner's and for another stage's. */
export async function getWebhookEndpoint(
  tx: Partner,
  owner: Owner,
  id: string,
): Promise<WebhookEndpointView> {
  const row = await getEndpointRow(tx, owner, id);
  return toEndpoint(row, (await findPreviousSecrets(tx, [id])).get(id));
}

export async function getEndpointRow(tx: Partner, owner: Owner, id: string): Promise<EndpointRow> {
  const [row] = await tx
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, id), ofStage(owner)));
  if (!row) throw new AppError("not_found", "webhook endpoint");
  return row;
}

/** Until when the secret before the newest one signs too, by endpoint. */
async function findPreviousSecrets(tx: Partner, endpointIds: string[]): Promise<Map<string, Date>> {
  if (endpointIds.length === 0) return new Map();
  const { endpointId, expiresAt } = webhookSecrets;
  const rows = await tx
    .select({ endpointId, expiresAt })
    .from(webhookSecrets)
    .where(and(inArray(endpointId, endpointIds), isNotNull(expiresAt), gt(expiresAt, new Date())));
  return new Map(rows.flatMap((row) => (row.expiresAt ? [[row.endpointId, row.expiresAt]] : [])));
}

function toEndpoint(row: EndpointRow, previousUntil: Date | undefined): WebhookEndpointView {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.eventTypes,
    state: row.state,
    disabledBecause: row.disabledBecause,
    failingSince: row.failingSince?.toISOString() ?? null,
    previousSecretUntil: previousUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

const toEventView = (row: EventRow): WebhookEventView => ({
  id: row.id,
  type: row.type,
  timestamp: row.createdAt.toISOString(),
  subjectId: row.subjectId,
  sequence: row.sequence,
  data: row.data,
});

type Page<Row> = { rows: Row[]; nextCursor: string | null };
type PageQuery = { limit: number; cursor?: number | undefined };

function toPage<Row>(rows: Row[], limit: number, positionOf: (row: Row) => number | null): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last ? String(positionOf(last)) : null };
}

/** Newest first, of the last 30 days. */
export async function listWebhookEvents(
  tx: Partner,
  owner: Owner,
  query: PageQuery & { type?: WebhookEventType | undefined; subjectId?: string | undefined },
): Promise<{ events: WebhookEventView[]; nextCursor: string | null }> {
  const rows = await tx
    .select()
    .from(webhookEvents)
    .where(
      and(
        eq(webhookEvents.partnerId, owner.partnerId),
        eq(webhookEvents.stage, owner.stage),
        gt(webhookEvents.createdAt, keptSince()),
        query.type ? eq(webhookEvents.type, query.type) : undefined,
        query.subjectId ? eq(webhookEvents.subjectId, query.subjectId) : undefined,
        query.cursor === undefined ? undefined : lt(webhookEvents.position, query.cursor),
      ),
    )
    .orderBy(desc(webhookEvents.position))
    .limit(query.limit + 1);
  const page = toPage(rows, query.limit, (row) => row.position);
  return { events: page.rows.map(toEventView), nextCursor: page.nextCursor };
}

/** Throws `not_found`. */
export async function getWebhookEvent(tx: Partner, owner: Owner, id: string): Promise<WebhookEventView> {
  const [row] = await tx
    .select()
    .from(webhookEvents)
    .where(and(eq(webhookEvents.id, id), eq(webhookEvents.stage, owner.stage)));
  if (!row) throw new AppError("not_found", "event");
  return toEventView(row);
}

type DeliveryRow = typeof webhookDeliveries.$inferSelect;
const toDelivery = (delivery: DeliveryRow, event: EventRow): WebhookDeliveryView => ({
  id: delivery.id,
  endpointId: delivery.endpointId,
  event: toEventView(event),
  state: delivery.state,
  failures: delivery.failures,
  nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
  deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
});

export async function listWebhookDeliveries(
  tx: Partner,
  endpointId: string,
  query: PageQuery & { state?: DeliveryState | undefined },
): Promise<{ deliveries: WebhookDeliveryView[]; nextCursor: string | null }> {
  const rows = await tx
    .select({ delivery: webhookDeliveries, event: webhookEvents })
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        query.state ? eq(webhookDeliveries.state, query.state) : undefined,
        query.cursor === undefined ? undefined : lt(webhookDeliveries.position, query.cursor),
      ),
    )
    .orderBy(desc(webhookDeliveries.position))
    .limit(query.limit + 1);
  const page = toPage(rows, query.limit, ({ delivery }) => delivery.position);
  return {
    deliveries: page.rows.map(({ delivery, event }) => toDelivery(delivery, event)),
    nextCursor: page.nextCursor,
  };
}

/** One delivery with its attempts, oldest first. Throws `not_found`. */
export async function getWebhookDelivery(
  tx: Partner,
  owner: Owner,
  id: string,
): Promise<WebhookDeliveryView & { attempts: WebhookAttemptView[] }> {
  const [row] = await tx
    .select({ delivery: webhookDeliveries, event: webhookEvents })
    .from(webhookDeliveries)
    .innerJoin(webhookEvents, eq(webhookEvents.id, webhookDeliveries.eventId))
    .where(and(eq(webhookDeliveries.id, id), eq(webhookEvents.stage, owner.stage)));
  if (!row) throw new AppError("not_found", "delivery");
  const attempts = await tx
    .select()
    .from(webhookAttempts)
    .where(eq(webhookAttempts.deliveryId, id))
    .orderBy(webhookAttempts.startedAt);
  return {
    ...toDelivery(row.delivery, row.event),
    attempts: attempts.map((attempt) => ({
      startedAt: attempt.startedAt.toISOString(),
      endedAt: attempt.endedAt?.toISOString() ?? null,
      request: attempt.request,
      status: attempt.status,
      error: attempt.error,
      answer: attempt.answer,
    })),
  };
}

/** Deliveries of an endpoint whose event lies in a range of time, both ends included. */
export function isInReplay(
  endpointId: string,
  range: { states: readonly DeliveryState[]; from?: Date | undefined; to?: Date | undefined },
): SQL | undefined {
  const created = sql`(select e.created_at from webhook_events e where e.id = ${webhookDeliveries.eventId})`;
  return and(
    eq(webhookDeliveries.endpointId, endpointId),
    inArray(webhookDeliveries.state, [...range.states]),
    gte(created, (range.from ?? keptSince()).toISOString()),
    range.to ? lte(created, range.to.toISOString()) : undefined,
  );
}
