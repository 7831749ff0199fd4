import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  KEY_FATES,
  KEY_USES,
  type KeyFate,
  type KeyUse,
  OFFBOARDING_ASKERS,
  OFFBOARDING_OUTCOMES,
  OFFBOARDING_STEPS,
  type OffboardingAsker,
  type OffboardingOutcome,
  type OffboardingStep,
  PROBE_RESULTS,
  type ProbeResult,
} from "@/lib/connection/offboarding/schema";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { users } from "./account";
import { connections } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";
import { apiKeys } from "./partner";

/** The end of a connection: who asked for it and how far it has come. Each connection is ended once. */
export const offboardings = pgTable(
  "offboardings",
  {
    connectionId: uuid("connection_id").primaryKey(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    /** What was asked at once has one mail to each side. */
    askId: uuid("ask_id").notNull(),
    askedBy: text("asked_by").$type<OffboardingAsker>().notNull(),
    askedByUser: uuid("asked_by_user").references(() => users.id),
    askedByKey: uuid("asked_by_key").references(() => apiKeys.id),
    reason: text("reason"),
    /** What the preparation made in the vendor system is to be removed as well, where no other connection uses it. */
    removesPrepared: boolean("removes_prepared").notNull().default(false),
    /** When the worker was through with what the preparation made. */
    preparedEndedAt: at("prepared_ended_at"),
    keyFate: text("key_fate").$type<KeyFate>().notNull().default("pending"),
    removalAnswer: jsonb("removal_answer").$type<VendorAnswer>(),
    /** When the vendor was tried first, with whatever outcome: from then on the mails can tell something. */
    handledAt: at("handled_at"),
    lastProbe: text("last_probe").$type<ProbeResult>(),
    lastProbeAt: at("last_probe_at"),
    /** Somebody says that the key is revoked and waits for an answer. */
    probeWantedAt: at("probe_wanted_at"),
    nextProbeAt: at("next_probe_at").notNull().defaultNow(),
    outcome: text("outcome").$type<OffboardingOutcome>(),
    closedAt: at("closed_at"),
    /** It was used although it had ended: how and when first. */
    keyUse: text("key_use").$type<KeyUse>(),
    keyUsedAt: at("key_used_at"),
    /** When operator, customer and partner were told of that. */
    keyUseToldAt: at("key_use_told_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("offboardings_owner_key").on(table.connectionId, table.partnerId, table.accountId),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    index("offboardings_closed").on(table.closedAt),
    index("offboardings_ask").on(table.askId),
    index("offboardings_words_left").on(table.closedAt).where(sql`removal_answer is not null`),
    index("offboardings_due").on(table.nextProbeAt).where(sql`closed_at is null`),
    check("offboardings_asked_by", isOneOf(table.askedBy, OFFBOARDING_ASKERS)),
    check("offboardings_key_fate", isOneOf(table.keyFate, KEY_FATES)),
    check("offboardings_last_probe", sql`last_probe is null or ${isOneOf(table.lastProbe, PROBE_RESULTS)}`),
    check("offboardings_outcome", sql`outcome is null or ${isOneOf(table.outcome, OFFBOARDING_OUTCOMES)}`),
    index("offboardings_key_use")
      .on(table.keyUsedAt)
      .where(sql`key_used_at is not null and key_use_told_at is null`),
    check("offboardings_key_use", sql`key_use is null or ${isOneOf(table.keyUse, KEY_USES)}`),
    check("offboardings_key_used", sql`(key_use is null) = (key_used_at is null)`),
    check("offboardings_closed", sql`(closed_at is null) = (outcome is null)`),
  ],
);

/** What was done, step by step. Append-only: it is the proof. */
export const offboardingSteps = pgTable(
  "offboarding_steps",
  {
    id: id(),
    connectionId: uuid("connection_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    kind: text("kind").$type<OffboardingStep>().notNull(),
    at: at("at").notNull().defaultNow(),
  },
  (table) => [
    unique("offboarding_steps_kind_key").on(table.connectionId, table.kind),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [offboardings.connectionId, offboardings.partnerId, offboardings.accountId],
    }),
    check("offboarding_steps_kind", isOneOf(table.kind, OFFBOARDING_STEPS)),
  ],
);
