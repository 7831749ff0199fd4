import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  PREPARATION_STATES,
  type PreparationChoices,
  type PreparationState,
  STEP_STATES,
  type StepState,
} from "@/lib/connection/preparation/schema";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { connections, environments } from "./activation";
import { at, createdAt, isOneOf } from "./columns";

/** What a connector makes ready in the vendor system after the consent: where a connection stands with it. */
export const connectionPreparations = pgTable(
  "connection_preparations",
  {
    connectionId: uuid("connection_id").primaryKey(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id),
    state: text("state").$type<PreparationState>().notNull().default("pending"),
    choices: jsonb("choices").$type<PreparationChoices>().notNull().default({}),
    /** The choices that the steps were made with; null before the first round. */
    applied: jsonb("applied").$type<PreparationChoices>(),
    /** A person or the sweep asked for a round that has not ended since. */
    wantedAt: at("wanted_at").notNull().defaultNow(),
    /** The last round ended, with whatever outcome. */
    endedAt: at("ended_at"),
    /** When the sweep has it tried again; null once it is ready, or its connection has ended. */
    nextTryAt: at("next_try_at").defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    index("connection_preparations_due").on(table.nextTryAt).where(sql`next_try_at is not null`),
    check("connection_preparations_state", isOneOf(table.state, PREPARATION_STATES)),
    check("connection_preparations_ready", sql`state <> 'ready' or next_try_at is null`),
  ],
);

/** Each step of a connection's preparation, in the connector's order. */
export const preparationSteps = pgTable(
  "preparation_steps",
  {
    connectionId: uuid("connection_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    step: text("step").notNull(),
    position: integer("position").notNull(),
    state: text("state").$type<StepState>().notNull().default("waiting"),
    because: text("because"),
    /** What was found or made, as the connector needs it later. */
    value: text("value"),
    answer: jsonb("answer").$type<VendorAnswer>(),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.step] }),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    index("preparation_steps_words").on(table.endedAt).where(sql`answer is not null`),
    check("preparation_steps_state", isOneOf(table.state, STEP_STATES)),
    check("preparation_steps_ended", sql`(state in ('done', 'kept', 'cannot')) = (ended_at is not null)`),
    check("preparation_steps_cannot", sql`state <> 'cannot' or because is not null`),
  ],
);

/**
 * What this portal made in an environment, whichever connection it was for: only that may ever be removed there. Belongs to
 * no tenant, as environments do.
 */
export const preparedThings = pgTable(
  "prepared_things",
  {
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id),
    /** The connector's stable code, e.g. `field:contact:Siteshop:CompUserKey01`. */
    thing: text("thing").notNull(),
    /** Before the vendor is asked to make it: what is found after a crash is known as ours. */
    begunAt: at("begun_at").notNull().defaultNow(),
    madeAt: at("made_at"),
    removedAt: at("removed_at"),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.thing] })],
);

/** Which connections use a thing of an environment, made by us or found there. */
export const preparedUses = pgTable(
  "prepared_uses",
  {
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id),
    thing: text("thing").notNull(),
    connectionId: uuid("connection_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    /** Two connections never write the same field: the second one gets another. */
    isExclusive: boolean("is_exclusive").notNull(),
    /** This portal made the thing, so that it can be removed with its last user. */
    isOurs: boolean("is_ours").notNull().default(false),
    since: at("since").notNull().defaultNow(),
    releasedAt: at("released_at"),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.thing, table.connectionId] }),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    uniqueIndex("prepared_uses_exclusive")
      .on(table.environmentId, table.thing)
      .where(sql`is_exclusive and released_at is null`),
    index("prepared_uses_connection").on(table.connectionId),
  ],
);
