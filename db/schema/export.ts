import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  customType,
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
  EXPORT_PROBLEMS,
  EXPORT_STATES,
  type ExportCounts,
  type ExportProblem,
  type ExportState,
} from "@/lib/connection/export/schema";
import { connections } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";

/*
 * What a customer takes along from a connection: one ZIP, made by the worker and sealed with a data key of its own
 * (`connection_export`), so that it outlives the connection's keys and ends with its own.
 */

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

const owner = () => ({
  connectionId: uuid("connection_id").notNull(),
  partnerId: uuid("partner_id").notNull(),
  accountId: uuid("account_id").notNull(),
});

export const connectionExports = pgTable(
  "connection_exports",
  {
    id: id(),
    ...owner(),
    state: text("state").$type<ExportState>().notNull().default("making"),
    problem: text("problem").$type<ExportProblem>(),
    /** Who of the account. */
    askedBy: uuid("asked_by").notNull(),
    /** The run that writes it; another run begins anew under its own. */
    leasedBy: uuid("leased_by"),
    /** When the run was last heard of. */
    leasedAt: at("leased_at"),
    linesDone: integer("lines_done").notNull().default(0),
    linesTotal: integer("lines_total").notNull().default(0),
    counts: jsonb("counts").$type<ExportCounts>(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull().default(0),
    chunkCount: integer("chunk_count").notNull().default(0),
    readyAt: at("ready_at"),
    /** When its key is destroyed. */
    endsAt: at("ends_at").notNull().default(sql`now() + interval '7 days'`),
    goneAt: at("gone_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("connection_exports_id_owner").on(table.id, table.connectionId, table.partnerId, table.accountId),
    uniqueIndex("connection_exports_one_at_once").on(table.connectionId).where(sql`state = 'making'`),
    index("connection_exports_account").on(table.accountId, table.connectionId, table.id),
    index("connection_exports_connection").on(table.connectionId, table.id),
    index("connection_exports_ends").on(table.endsAt).where(sql`state <> 'gone'`),
    index("connection_exports_making").on(table.leasedAt).where(sql`state = 'making'`),
    index("connection_exports_gone").on(table.goneAt).where(sql`state = 'gone'`),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    check("connection_exports_state", isOneOf(table.state, EXPORT_STATES)),
    check("connection_exports_problem", sql`problem is null or ${isOneOf(table.problem, EXPORT_PROBLEMS)}`),
    check("connection_exports_failed", sql`state = 'gone' or (state = 'failed') = (problem is not null)`),
    check("connection_exports_gone_at", sql`(state = 'gone') = (gone_at is not null)`),
  ],
);

/** 1 MB of the ZIP each, the last one less; sealed with the export's data key. */
export const connectionExportChunks = pgTable(
  "connection_export_chunks",
  {
    exportId: uuid("export_id").notNull(),
    ...owner(),
    number: integer("number").notNull(),
    sealed: bytes("sealed").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.exportId, table.number] }),
    foreignKey({
      name: "connection_export_chunks_export",
      columns: [table.exportId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [
        connectionExports.id,
        connectionExports.connectionId,
        connectionExports.partnerId,
        connectionExports.accountId,
      ],
    }).onDelete("cascade"),
  ],
);

/** Tickets to fetch an export: written by a member, used once within a minute, and read by the gateway for an hour. */
export const exportTickets = pgTable(
  "export_tickets",
  {
    id: id(),
    tokenHash: text("token_hash").notNull(),
    exportId: uuid("export_id").notNull(),
    ...owner(),
    /** Who of the account. */
    askedBy: uuid("asked_by").notNull(),
    usedAt: at("used_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("export_tickets_token_key").on(table.tokenHash),
    index("export_tickets_of_export").on(table.exportId),
    index("export_tickets_age").on(table.createdAt),
    foreignKey({
      name: "export_tickets_export",
      columns: [table.exportId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [
        connectionExports.id,
        connectionExports.connectionId,
        connectionExports.partnerId,
        connectionExports.accountId,
      ],
    }).onDelete("cascade"),
  ],
);
