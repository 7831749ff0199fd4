import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
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
import {
  DELIVERY_STATES,
  type DeliveryState,
  DOORS,
  type Door,
  OUTCOMES,
  type Outcome,
  ROW_STATES,
  type RowState,
  VERDICTS,
  type Verdict,
} from "@/lib/connection/delivery/schema";
import { IMPORT_STATES, type ImportState } from "@/lib/connection/import/schema";
import { connections } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";

/*
 * What is on its way to the vendor. Whose a row is stands in the row itself, so that policies compare columns; one foreign
 * key leads from a delivery to its connection, and one from each row to its delivery. Bodies, keys and the vendor's words are
 * sealed with the connection's data key (`connection_data`); keys and contents are compared by hashes keyed with it.
 */

const owner = () => ({
  connectionId: uuid("connection_id").notNull(),
  partnerId: uuid("partner_id").notNull(),
  accountId: uuid("account_id").notNull(),
});

/** One submission of rows of one entity through one door. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: id(),
    ...owner(),
    entity: text("entity").notNull(),
    door: text("door").$type<Door>().notNull(),
    /** The person or the API key that sent it; null for what comes by itself. */
    sentBy: uuid("sent_by"),
    state: text("state").$type<DeliveryState>().notNull().default("collecting"),
    /** Its place in the connection's queue, given when it is closed: rows of a key are written in this order. */
    number: bigint("number", { mode: "number" }),
    rowCount: integer("row_count"),
    closedAt: at("closed_at"),
    /** When no row of it was queued or at the vendor any more; rows may still wait or be unknown. */
    settledAt: at("settled_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("deliveries_id_owner").on(table.id, table.connectionId, table.partnerId, table.accountId),
    unique("deliveries_number_key").on(table.connectionId, table.number),
    index("deliveries_account").on(table.accountId, table.connectionId, table.id),
    index("deliveries_partner").on(table.partnerId, table.connectionId, table.id),
    index("deliveries_entity").on(table.connectionId, table.entity, table.id),
    index("deliveries_unsettled").on(table.connectionId).where(sql`state = 'queued'`),
    index("deliveries_open").on(table.createdAt).where(sql`state = 'collecting'`),
    index("deliveries_ended").on(table.settledAt).where(sql`state in ('settled', 'dropped')`),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    check("deliveries_door", isOneOf(table.door, DOORS)),
    check("deliveries_state", isOneOf(table.state, DELIVERY_STATES)),
    check(
      "deliveries_number_when_closed",
      sql`(state in ('queued', 'settled')) = (number is not null and row_count is not null and closed_at is not null)`,
    ),
  ],
);

/** One row with its current outcome. Its id orders the rows of a connection as they came in. */
export const deliveryRows = pgTable(
  "delivery_rows",
  {
    id: id(),
    deliveryId: uuid("delivery_id").notNull(),
    ...owner(),
    entity: text("entity").notNull(),
    position: integer("position").notNull(),
    /** Of the entity and the sender's key; null for a row that came without a key. */
    keyHash: text("key_hash"),
    contentHash: text("content_hash"),
    /** The sender's key, sealed for as long as the row is kept: it comes back with each outcome. */
    sealedKey: text("sealed_key"),
    /** The row's fields, sealed; null once they are not needed. */
    sealedBody: text("sealed_body"),
    state: text("state").$type<RowState>().notNull(),
    /** The delivery's number, once it is closed. */
    deliveryNumber: bigint("delivery_number", { mode: "number" }),
    /** A code of `lib/connectors/causes.ts`: why the row is rejected or waits. */
    cause: text("cause"),
    /** The path of the field that is wrong; a name of the schema and no content. */
    field: text("field"),
    /** The vendor's own code, when the connector's table has it. */
    vendorCode: text("vendor_code"),
    /** All problems with the vendor's words, sealed. */
    sealedProblems: text("sealed_problems"),
    /** The vendor's id and label of the record, sealed. */
    sealedRecord: text("sealed_record"),
    wasCreated: boolean("was_created"),
    /** The hash of the key of the record that it waits for. */
    waitsFor: text("waits_for"),
    /** A later row of its key, or one that mends it, reached the vendor; or a person put it aside. */
    recoveredAt: at("recovered_at"),
    /** The row that this one mends. */
    replacesRowId: uuid("replaces_row_id"),
    /** Times that its answer was lost. */
    tries: integer("tries").notNull().default(0),
    /** Look-ups since then that came to an answer. */
    lookUps: integer("look_ups").notNull().default(0),
    /** Not before this time: the next try, look-up or look at the cause. null: when it is its turn, or never. */
    nextAt: at("next_at"),
    /** The lease under which it was sent to the vendor; another one finds that the answer was lost. */
    sentUnder: uuid("sent_under"),
    sentAt: at("sent_at"),
    /** Since when the row has its state. */
    stateSince: at("state_since").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("delivery_rows_position_key").on(table.deliveryId, table.position),
    unique("delivery_rows_id_account").on(table.id, table.partnerId, table.accountId),
    // The rules of order, kept by the database: of a key one row is at the vendor, and one waits behind it.
    uniqueIndex("delivery_rows_one_sent")
      .on(table.connectionId, table.keyHash)
      .where(sql`state in ('sending', 'unknown')`),
    uniqueIndex("delivery_rows_one_next")
      .on(table.connectionId, table.keyHash)
      .where(sql`state in ('queued', 'waiting')`),
    index("delivery_rows_queue")
      .on(table.connectionId, table.deliveryNumber, table.position)
      .where(sql`state = 'queued'`),
    index("delivery_rows_unsettled").on(table.deliveryId).where(sql`state in ('queued', 'sending')`),
    index("delivery_rows_key").on(table.connectionId, table.keyHash),
    // Begins with the connection as the scopes' policies do: by the delivery alone the planner reads all rows of the connection.
    index("delivery_rows_of_delivery").on(table.connectionId, table.deliveryId, table.position, table.state),
    index("delivery_rows_written")
      .on(table.connectionId, table.entity, table.stateSince)
      .where(sql`state = 'written'`),
    index("delivery_rows_open")
      .on(table.connectionId, table.state, table.nextAt)
      .where(sql`state in ('sending', 'unknown', 'waiting', 'incomplete')`),
    index("delivery_rows_inbox")
      .on(table.accountId, table.connectionId, table.cause)
      .where(sql`state in ('rejected', 'waiting', 'unknown', 'incomplete') and recovered_at is null`),
    index("delivery_rows_inbox_partner")
      .on(table.partnerId, table.connectionId, table.cause)
      .where(sql`state in ('rejected', 'waiting', 'unknown', 'incomplete') and recovered_at is null`),
    index("delivery_rows_replaces").on(table.replacesRowId).where(sql`replaces_row_id is not null`),
    index("delivery_rows_with_body").on(table.stateSince).where(sql`sealed_body is not null`),
    foreignKey({
      columns: [table.deliveryId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [deliveries.id, deliveries.connectionId, deliveries.partnerId, deliveries.accountId],
    }).onDelete("cascade"),
    check("delivery_rows_state", isOneOf(table.state, ROW_STATES)),
    check("delivery_rows_cause", sql`(state in ('rejected', 'waiting')) = (cause is not null)`),
    check("delivery_rows_number", sql`state in ('collected', 'rejected') or delivery_number is not null`),
  ],
);

/**
 * Rows of a file that came as they were last written, up to some thousands of one delivery: a row of `delivery_rows` each would cost
 * as much as a new one. They have no life of their own: once the delivery is closed they are final.
 */
export const unchangedSets = pgTable(
  "unchanged_sets",
  {
    id: id(),
    deliveryId: uuid("delivery_id").notNull(),
    ...owner(),
    entity: text("entity").notNull(),
    /** Of the rows in the delivery, ascending. */
    positions: integer("positions").array().notNull(),
    firstPosition: integer("first_position").notNull(),
    lastPosition: integer("last_position").notNull(),
    /** Of the positions: those whose key has a later row in the same delivery. */
    superseded: integer("superseded").array().notNull().default(sql`'{}'`),
    count: integer("count").notNull(),
    /** The first half of each key's hash, beside its position, until the delivery is closed. */
    keyIds: uuid("key_ids").array(),
    /** The senders' keys as a JSON list in the order of the positions, sealed. */
    sealedKeys: text("sealed_keys").notNull(),
    /** Their numbers in the connection's history, one for each row, once the delivery is closed. */
    firstNumber: bigint("first_number", { mode: "number" }),
    lastNumber: bigint("last_number", { mode: "number" }),
    /** When the delivery was closed. */
    at: at("at"),
    createdAt: createdAt(),
  },
  (table) => [
    // Begin with the connection as the scopes' policies do.
    index("unchanged_sets_delivery").on(table.connectionId, table.deliveryId, table.firstPosition),
    index("unchanged_sets_number").on(table.connectionId, table.lastNumber),
    index("unchanged_sets_of_delivery").on(table.deliveryId),
    foreignKey({
      columns: [table.deliveryId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [deliveries.id, deliveries.connectionId, deliveries.partnerId, deliveries.accountId],
    }).onDelete("cascade"),
    check(
      "unchanged_sets_closed",
      sql`(first_number is null) = (at is null) and (last_number is null) = (at is null) and (key_ids is null) = (at is not null)`,
    ),
  ],
);

/** The history of outcomes of a connection, numbered without gaps in the order of commits. */
export const outcomeEvents = pgTable(
  "outcome_events",
  {
    ...owner(),
    number: bigint("number", { mode: "number" }).notNull(),
    rowId: uuid("row_id").notNull(),
    deliveryId: uuid("delivery_id").notNull(),
    entity: text("entity").notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    cause: text("cause"),
    at: at("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.number] }),
    index("outcome_events_row").on(table.rowId),
    index("outcome_events_at").on(table.at),
    check("outcome_events_outcome", isOneOf(table.outcome, OUTCOMES)),
  ],
);

/** The last number of a connection's outcomes and of its deliveries; locked at the end of a transaction that takes some. */
export const outcomeFeeds = pgTable(
  "outcome_feeds",
  {
    ...owner(),
    lastNumber: bigint("last_number", { mode: "number" }).notNull().default(0),
    lastDelivery: bigint("last_delivery", { mode: "number" }).notNull().default(0),
    /** Changes when numbers may have gone back, as after a restored backup: cursors carry it. */
    epoch: uuid("epoch").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId] }),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
  ],
);

/** Whose turn it is: a pump takes the connection that has been served least lately, with a lease that it renews. */
export const deliveryQueues = pgTable(
  "delivery_queues",
  {
    ...owner(),
    /** Whose limit and secrets its calls use: a pump works for one vendor application. */
    vendorApplicationId: uuid("vendor_application_id").notNull(),
    /** When there is something to do; null: nothing is. */
    dueAt: at("due_at"),
    leasedUntil: at("leased_until"),
    leasedBy: uuid("leased_by"),
    servedAt: at("served_at"),
    /** When the run that sleeps for this queue wakes up. */
    wakesAt: at("wakes_at"),
    /** Vendor calls that failed in a row, with the time of the first: no answer, or one that stops the whole connection. */
    failures: integer("failures").notNull().default(0),
    failingSince: at("failing_since"),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId] }),
    index("delivery_queues_due").on(table.vendorApplicationId, table.servedAt).where(sql`due_at is not null`),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
  ],
);

/** What was last written for a key: what makes a row `unchanged`, and what an update goes to. */
export const writtenRecords = pgTable(
  "written_records",
  {
    ...owner(),
    entity: text("entity").notNull(),
    keyHash: text("key_hash").notNull(),
    /** null: what the vendor has is not what was sent, so that nothing counts as unchanged. */
    contentHash: text("content_hash"),
    /** The vendor's id and label, sealed. */
    sealedRecord: text("sealed_record").notNull(),
    rowId: uuid("row_id").notNull(),
    writtenAt: at("written_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.keyHash] }),
    index("written_records_age").on(table.connectionId, table.entity, table.writtenAt),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
  ],
);

/** Outcomes a day, kept in their transactions, so that charts read few rows. */
export const connectionCounters = pgTable(
  "connection_counters",
  {
    ...owner(),
    entity: text("entity").notNull(),
    /** In UTC. */
    day: date("day", { mode: "string" }).notNull(),
    outcome: text("outcome").$type<Outcome>().notNull(),
    count: integer("count").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.entity, table.day, table.outcome] }),
    index("connection_counters_partner").on(table.partnerId, table.connectionId, table.day),
    index("connection_counters_account").on(table.accountId, table.connectionId, table.day),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    check("connection_counters_outcome", isOneOf(table.outcome, OUTCOMES)),
  ],
);

/** What a customer chose for an entity of a connection, by the entity's own schema. */
export const entitySettings = pgTable(
  "entity_settings",
  {
    ...owner(),
    entity: text("entity").notNull(),
    settings: jsonb("settings").$type<Record<string, string>>().notNull(),
    changedAt: at("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.entity] }),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
  ],
);

/** What a person says of a row, until the worker has carried it out. */
export const rowVerdicts = pgTable(
  "row_verdicts",
  {
    id: id(),
    rowId: uuid("row_id").notNull(),
    ...owner(),
    verdict: text("verdict").$type<Verdict>().notNull(),
    /** Mended fields, or the vendor's id of what exists: encrypted to the worker, compact JWE. */
    sealed: text("sealed"),
    /** Who of the account. */
    decidedBy: uuid("decided_by").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("row_verdicts_row_key").on(table.rowId),
    index("row_verdicts_connection").on(table.connectionId),
    index("row_verdicts_age").on(table.createdAt),
    foreignKey({
      columns: [table.rowId, table.partnerId, table.accountId],
      foreignColumns: [deliveryRows.id, deliveryRows.partnerId, deliveryRows.accountId],
    }).onDelete("cascade"),
    check("row_verdicts_verdict", isOneOf(table.verdict, VERDICTS)),
    check("row_verdicts_sealed", sql`(verdict in ('fix', 'exists')) = (sealed is not null)`),
  ],
);

/** Tickets to see a row's content: written by the viewer, good for one look within a minute, and opened by the gateway. */
export const bodyViews = pgTable(
  "body_views",
  {
    id: id(),
    tokenHash: text("token_hash").notNull(),
    rowId: uuid("row_id").notNull(),
    ...owner(),
    /** Who of the account. */
    askedBy: uuid("asked_by").notNull(),
    usedAt: at("used_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("body_views_token_key").on(table.tokenHash),
    index("body_views_row").on(table.rowId),
    index("body_views_age").on(table.createdAt),
    foreignKey({
      columns: [table.rowId, table.partnerId, table.accountId],
      foreignColumns: [deliveryRows.id, deliveryRows.partnerId, deliveryRows.accountId],
    }).onDelete("cascade"),
  ],
);

/** A file that a person sent on a page, until the worker has made a delivery of its good rows. */
export const imports = pgTable(
  "imports",
  {
    id: id(),
    ...owner(),
    entity: text("entity").notNull(),
    fileName: text("file_name").notNull(),
    rowCount: integer("row_count").notNull(),
    sentBy: uuid("sent_by").notNull(),
    state: text("state").$type<ImportState>().notNull().default("waiting"),
    deliveryId: uuid("delivery_id"),
    endedAt: at("ended_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("imports_id_owner").on(table.id, table.connectionId, table.partnerId, table.accountId),
    index("imports_connection").on(table.accountId, table.connectionId, table.id),
    index("imports_waiting").on(table.createdAt).where(sql`state = 'waiting'`),
    index("imports_ended").on(table.endedAt),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    check("imports_state", isOneOf(table.state, IMPORT_STATES)),
    check("imports_ended", sql`(state = 'waiting') = (ended_at is null)`),
  ],
);

/** Some records of an import, encrypted to the worker; gone once a delivery was made of them. */
export const importChunks = pgTable(
  "import_chunks",
  {
    importId: uuid("import_id").notNull(),
    number: integer("number").notNull(),
    ...owner(),
    sealed: text("sealed").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.number] }),
    foreignKey({
      columns: [table.importId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [imports.id, imports.connectionId, imports.partnerId, imports.accountId],
    }).onDelete("cascade"),
  ],
);
