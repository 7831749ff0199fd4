import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from "@/lib/partner/webhook/events";
import {
  DELIVERY_STATES,
  type DeliveryState,
  DISABLED_BECAUSE,
  type DisabledBecause,
  ENDPOINT_STATES,
  type EndpointState,
} from "@/lib/partner/webhook/schema";
import { partners } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";
import { STAGES } from "./integration";

/** Listing order: the order of insertion, which ids made by the database do not tell. */
const position = () => bigint("position", { mode: "number" }).generatedByDefaultAsIdentity();

/** Where a partner's software wants events sent, for one stage. */
export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    stage: text("stage").notNull(),
    url: text("url").notNull(),
    description: text("description").notNull().default(""),
    /** Empty: every type. */
    eventTypes: jsonb("event_types").$type<WebhookEventType[]>().notNull().default([]),
    state: text("state").$type<EndpointState>().notNull().default("active"),
    disabledBecause: text("disabled_because").$type<DisabledBecause>(),
    /** When the first attempt failed after which none succeeded. */
    failingSince: at("failing_since"),
    /** Names that stretch of failures, so that each of its mails is queued once. */
    failingId: uuid("failing_id"),
    /** One worker process at a time sends to an endpoint. */
    leasedUntil: at("leased_until"),
    /** When the run that sleeps for this endpoint wakes up. */
    wakesAt: at("wakes_at"),
    createdAt: createdAt(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    unique("webhook_endpoints_id_partner").on(table.id, table.partnerId),
    index("webhook_endpoints_partner").on(table.partnerId, table.stage),
    check("webhook_endpoints_stage", isOneOf(table.stage, STAGES)),
    check("webhook_endpoints_state", isOneOf(table.state, ENDPOINT_STATES)),
    check("webhook_endpoints_disabled", sql`(state = 'disabled') = (disabled_because is not null)`),
    check(
      "webhook_endpoints_disabled_because",
      sql`disabled_because is null or ${isOneOf(table.disabledBecause, DISABLED_BECAUSE)}`,
    ),
    check("webhook_endpoints_failing", sql`(failing_since is null) = (failing_id is null)`),
  ],
);

/** What an endpoint's attempts are signed with: two rows live for a day after a rotation. */
export const webhookSecrets = pgTable(
  "webhook_secrets",
  {
    id: id(),
    endpointId: uuid("endpoint_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    /** Encrypted to the worker, compact JWE; system only. */
    sealed: text("sealed").notNull(),
    /** null: the newest one. */
    expiresAt: at("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("webhook_secrets_one_newest").on(table.endpointId).where(sql`expires_at is null`),
    foreignKey({
      columns: [table.endpointId, table.partnerId],
      foreignColumns: [webhookEndpoints.id, webhookEndpoints.partnerId],
    }).onDelete("cascade"),
  ],
);

/** What happened to a partner's requests and connections. Written by triggers, in the transaction of the change. */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    id: id(),
    position: position(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    stage: text("stage").notNull(),
    type: text("type").$type<WebhookEventType>().notNull(),
    /** The request, activation, connection or endpoint that it is about. */
    subjectId: uuid("subject_id").notNull(),
    /** Rises by one with each event of the subject. */
    sequence: integer("sequence").notNull(),
    /** Ids, states and the partner's own reference; no name and no address. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("webhook_events_sequence_key").on(table.subjectId, table.sequence),
    unique("webhook_events_id_partner").on(table.id, table.partnerId),
    index("webhook_events_partner").on(table.partnerId, table.stage, table.position),
    check("webhook_events_type", isOneOf(table.type, WEBHOOK_EVENT_TYPES)),
    check("webhook_events_stage", isOneOf(table.stage, STAGES)),
  ],
);

/** One event on its way to one endpoint. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: id(),
    position: position(),
    eventId: uuid("event_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    /** Failed attempts since the delivery began or was replayed. */
    failures: integer("failures").notNull().default(0),
    /** null unless pending. */
    nextAttemptAt: at("next_attempt_at"),
    deliveredAt: at("delivered_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("webhook_deliveries_event_key").on(table.endpointId, table.eventId),
    unique("webhook_deliveries_id_partner").on(table.id, table.partnerId),
    index("webhook_deliveries_due").on(table.endpointId, table.nextAttemptAt).where(sql`state = 'pending'`),
    index("webhook_deliveries_endpoint").on(table.endpointId, table.position),
    foreignKey({
      columns: [table.eventId, table.partnerId],
      foreignColumns: [webhookEvents.id, webhookEvents.partnerId],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.endpointId, table.partnerId],
      foreignColumns: [webhookEndpoints.id, webhookEndpoints.partnerId],
    }).onDelete("cascade"),
    check("webhook_deliveries_state", isOneOf(table.state, DELIVERY_STATES)),
    check("webhook_deliveries_due_when_pending", sql`(state = 'pending') = (next_attempt_at is not null)`),
  ],
);

/** One request to an endpoint and what it answered. Without an end it was interrupted. */
export const webhookAttempts = pgTable(
  "webhook_attempts",
  {
    id: id(),
    deliveryId: uuid("delivery_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    startedAt: at("started_at").notNull(),
    endedAt: at("ended_at"),
    /** The request as it was sent, without its signature. */
    request: jsonb("request").$type<{ url: string; timestamp: number; body: string }>().notNull(),
    status: integer("status"),
    /** Why there is no status: a time-out, a refused address, a broken connection. */
    error: text("error"),
    /** The first part of the answer's body. */
    answer: text("answer"),
  },
  (table) => [
    index("webhook_attempts_delivery").on(table.deliveryId, table.startedAt),
    foreignKey({
      columns: [table.deliveryId, table.partnerId],
      foreignColumns: [webhookDeliveries.id, webhookDeliveries.partnerId],
    }).onDelete("cascade"),
  ],
);

/** The answer of a call with an `Idempotency-Key`, written in the transaction of its effect. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    stage: text("stage").notNull(),
    method: text("method").notNull(),
    path: text("path").notNull(),
    key: text("key").notNull(),
    bodyHash: text("body_hash").notNull(),
    status: integer("status").notNull(),
    answer: jsonb("answer").$type<unknown>(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.stage, table.method, table.path, table.key] }),
    index("idempotency_keys_age").on(table.createdAt),
  ],
);

/** Addresses that a partner may send its customers back to: an origin with the beginning of a path. */
export const returnAddresses = pgTable(
  "return_addresses",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    address: text("address").notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique("return_addresses_key").on(table.partnerId, table.address)],
);
