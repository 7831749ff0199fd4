import { type SQL, sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { ERASED_HOST } from "@/lib/people/profile/rules";
import { MAIL_STATES, type MailState } from "@/lib/platform/outbox/schema";
import { at, createdAt, id, isOneOf } from "./columns";

/** Events written in the transaction that makes them true, sent after it. */
export const outboxEvents = pgTable(
  "outbox_events",
  {
    id: id(),
    name: text("name").notNull(),
    data: jsonb("data").$type<Record<string, string>>().notNull(),
    /** The request that made it true, for the logs. */
    traceId: text("trace_id"),
    sentAt: at("sent_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("outbox_events_unsent").on(table.createdAt).where(sql`sent_at is null`),
    index("outbox_events_sent").on(table.sentAt),
  ],
);

export const MAIL_KINDS = [
  "request_settled",
  "request_settled_copy",
  "request_recovered",
  "request_recovered_copy",
  "request_key_found",
  "invitation",
  "email_change",
  "email_changed",
  "request_awaits_partner",
  "claim_needs_initiator",
  "connections_ended",
  "connections_ended_partner",
  "ended_key_used",
  "ended_key_used_partner",
  "partner_invitation",
  "partner_application_received",
  "partner_application_accepted",
  "partner_application_refused",
  "webhook_failing",
  "webhook_failing_half",
  "webhook_disabled",
  "api_key_expires_30",
  "api_key_expires_10",
  "api_key_expires_1",
  "specification_approved",
  "specification_rejected",
  "specification_published",
  "specification_not_published",
  "partner_digest",
  "retry_asked",
  "update_required",
  "update_announced",
  "integration_retires",
  "integration_retires_soon",
  "integration_stays",
] as const;

/** One row for each mail about a subject: unique per (subject, kind), so that it is queued once. */
export const outboxMails = pgTable(
  "outbox_mails",
  {
    id: id(),
    kind: text("kind").notNull(),
    subjectId: uuid("subject_id").notNull(),
    accountId: uuid("account_id"),
    partnerId: uuid("partner_id"),
    recipient: text("recipient").notNull(),
    /** What an operator sees of the address. */
    recipientMasked: text("recipient_masked").generatedAlwaysAs(
      (): SQL => sql`regexp_replace(recipient, '^(.).*(@[^@]*)$', '\\1***\\2')`,
    ),
    locale: text("locale").notNull(),
    /** Fixed at queueing, so that a repeated delivery is recognized as the same message. */
    messageId: text("message_id").notNull(),
    state: text("state").$type<MailState>().notNull().default("queued"),
    tries: integer("tries").notNull().default(0),
    lastError: text("last_error"),
    /** When the mail server was asked last. */
    lastTriedAt: at("last_tried_at"),
    sentAt: at("sent_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("outbox_mails_state").on(table.state, table.id),
    index("outbox_mails_recipient_left")
      .on(sql`coalesce(sent_at, last_tried_at, created_at)`)
      .where(sql`recipient <> ${sql.raw(`'forgotten@${ERASED_HOST}'`)}`),
    index("outbox_mails_unsent").on(table.state).where(sql`state in ('queued', 'failed')`),
    index("outbox_mails_partner").on(table.partnerId, table.subjectId),
    index("outbox_mails_message_id").on(table.messageId),
    unique("outbox_mails_subject_key").on(table.subjectId, table.kind),
    check("outbox_mails_kind", isOneOf(table.kind, MAIL_KINDS)),
    check("outbox_mails_state", isOneOf(table.state, MAIL_STATES)),
  ],
);

/** Every change by a person or a key, refused attempts included. Append-only. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    at: at("at").notNull().defaultNow(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    accountId: uuid("account_id"),
    partnerId: uuid("partner_id"),
    action: text("action").notNull(),
    subjectKind: text("subject_kind").notNull(),
    subjectId: text("subject_id"),
    outcome: text("outcome").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index("audit_log_account").on(table.accountId, table.at),
    index("audit_log_partner").on(table.partnerId, table.at),
    // What was done with a request or a connection, for its timeline; no page asks for other subjects.
    index("audit_log_subject")
      .on(table.subjectId, table.at)
      .where(sql`subject_kind in ('activation_request', 'connection')`),
    check("audit_log_actor_kind", isOneOf(table.actorKind, ["user", "api_key", "system", "visitor"])),
    check("audit_log_outcome", isOneOf(table.outcome, ["done", "refused"])),
  ],
);

/** Counters of fixed windows for guesses and floods. Keys are hashes. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  windowEndsAt: at("window_ends_at").notNull(),
  count: integer("count").notNull(),
});
