import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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
import { ROW_STATES, type RowState } from "@/lib/connection/delivery/schema";
import {
  type IntakeKey,
  RESULT_FOLDERS,
  type ResultFolder,
  UPLOAD_FOLDERS,
  UPLOAD_STATES,
  type UploadFolder,
  type UploadProblem,
  type UploadState,
} from "@/lib/connection/intake/schema";
import { connections } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";

/*
 * Files of customers on their way in, and what comes back. What was uploaded is encrypted to the worker's public key; what
 * intake gives out (`intake_files`) is sealed with the connection's data key of the ring `intake`.
 */

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

const owner = () => ({
  connectionId: uuid("connection_id").notNull(),
  partnerId: uuid("partner_id").notNull(),
  accountId: uuid("account_id").notNull(),
});

/** The sFTP account of a connection. */
export const intakeAccounts = pgTable(
  "intake_accounts",
  {
    ...owner(),
    /** First and last value of every row that the customer sends. Not a secret. */
    integrationId: text("integration_id").notNull(),
    userName: text("user_name").notNull(),
    /** scrypt with its parameters; null: no password was made. */
    passwordHash: text("password_hash"),
    passwordSetAt: at("password_set_at"),
    publicKeys: jsonb("public_keys").$type<IntakeKey[]>().notNull().default([]),
    /** Networks that may sign in, as CIDR. */
    allowedNetworks: text("allowed_networks").array().notNull().default([]),
    /** A choice of the customer: any address may sign in. */
    allowsAnyAddress: boolean("allows_any_address").notNull().default(false),
    /** The customer closed it: nothing signs in. Its names stay, and are the same when it is opened again. */
    closedAt: at("closed_at"),
    /** The customer says that a record of the first files was found in the vendor system. */
    foundAt: at("found_at"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId] }),
    unique("intake_accounts_integration_id_key").on(table.integrationId),
    unique("intake_accounts_user_name_key").on(table.userName),
    index("intake_accounts_account").on(table.accountId, table.connectionId),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
  ],
);

/** Addresses from which an account was entered, or was tried to be. */
export const intakeAddresses = pgTable(
  "intake_addresses",
  {
    ...owner(),
    address: text("address").notNull(),
    /** Whether right credentials were let in from there; null: there never were any. */
    wasAllowed: boolean("was_allowed"),
    firstAt: at("first_at").notNull().defaultNow(),
    lastAt: at("last_at").notNull().defaultNow(),
    /** Tries with a wrong password or signature. */
    failures: integer("failures").notNull().default(0),
    failedAt: at("failed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.address] }),
    index("intake_addresses_last").on(table.lastAt),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
  ],
);

/** One file that a customer sends. */
export const uploads = pgTable(
  "uploads",
  {
    id: id(),
    ...owner(),
    folder: text("folder").$type<UploadFolder>().notNull(),
    name: text("name").notNull(),
    state: text("state").$type<UploadState>().notNull().default("receiving"),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull().default(0),
    chunkCount: integer("chunk_count").notNull().default(0),
    /** The last write, CLOSE or rename: a file is taken some seconds after it. */
    touchedAt: at("touched_at").notNull().defaultNow(),
    takenAt: at("taken_at"),
    endedAt: at("ended_at"),
    entity: text("entity"),
    deliveryId: uuid("delivery_id"),
    rowCount: integer("row_count"),
    rejectedCount: integer("rejected_count"),
    /** Why the file was not read. */
    problem: jsonb("problem").$type<UploadProblem>(),
    /** What the names of its results begin with; null while there is none. */
    resultStem: text("result_stem"),
    resultCount: integer("result_count").notNull().default(0),
    /** When the rows that were open in its last result are looked at again; null: none is. */
    lookAt: at("look_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("uploads_id_owner").on(table.id, table.connectionId, table.partnerId, table.accountId),
    // A name is free again as soon as its file was taken.
    uniqueIndex("uploads_name_key")
      .on(table.connectionId, table.folder, table.name)
      .where(sql`state in ('receiving', 'closed')`),
    index("uploads_connection").on(table.connectionId, table.id),
    index("uploads_account").on(table.accountId, table.connectionId),
    index("uploads_ended").on(table.endedAt).where(sql`state in ('done', 'quarantined')`),
    index("uploads_look").on(table.lookAt).where(sql`look_at is not null`),
    index("uploads_open")
      .on(table.touchedAt)
      .where(sql`state in ('receiving', 'closed', 'taken', 'delivered')`),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    check("uploads_folder", isOneOf(table.folder, UPLOAD_FOLDERS)),
    check("uploads_state", isOneOf(table.state, UPLOAD_STATES)),
    check("uploads_problem", sql`(state = 'quarantined') = (problem is not null)`),
  ],
);

/** Up to 1 MB of a file, encrypted to the worker; in the order of their numbers they are the file. */
export const uploadChunks = pgTable(
  "upload_chunks",
  {
    uploadId: uuid("upload_id").notNull(),
    ...owner(),
    number: integer("number").notNull(),
    /** The chunk's own key, as a JWE to the worker. */
    sealedKey: text("sealed_key").notNull(),
    ciphertext: bytes("ciphertext").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.uploadId, table.number] }),
    foreignKey({
      columns: [table.uploadId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [uploads.id, uploads.connectionId, uploads.partnerId, uploads.accountId],
    }).onDelete("cascade"),
  ],
);

/** Rows of a file whose outcome may still change, with what its last result said of them. */
export const uploadOpenRows = pgTable(
  "upload_open_rows",
  {
    uploadId: uuid("upload_id").notNull(),
    ...owner(),
    rowId: uuid("row_id").notNull(),
    /** Where the record begins in the file. */
    line: integer("line").notNull(),
    told: text("told").$type<RowState>().notNull(),
    /** Why it was rejected, as the last result says: codes alone. null: told by an older version, or not rejected. */
    toldBecause: text("told_because"),
  },
  (table) => [
    primaryKey({ columns: [table.uploadId, table.rowId] }),
    foreignKey({
      columns: [table.uploadId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [uploads.id, uploads.connectionId, uploads.partnerId, uploads.accountId],
    }).onDelete("cascade"),
    check("upload_open_rows_told", isOneOf(table.told, ROW_STATES)),
  ],
);

/** A log or a result that the customer fetches. */
export const intakeFiles = pgTable(
  "intake_files",
  {
    id: id(),
    ...owner(),
    folder: text("folder").$type<ResultFolder>().notNull(),
    name: text("name").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    uploadId: uuid("upload_id").notNull(),
    /** When a client first fetched it. */
    fetchedAt: at("fetched_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("intake_files_id_owner").on(table.id, table.connectionId, table.partnerId, table.accountId),
    unique("intake_files_name_key").on(table.connectionId, table.folder, table.name),
    index("intake_files_created").on(table.createdAt),
    index("intake_files_upload").on(table.uploadId),
    index("intake_files_account").on(table.accountId, table.connectionId),
    foreignKey({
      columns: [table.uploadId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [uploads.id, uploads.connectionId, uploads.partnerId, uploads.accountId],
    }).onDelete("cascade"),
    check("intake_files_folder", isOneOf(table.folder, RESULT_FOLDERS)),
  ],
);

/** 1 MB of a log or a result each, the last one less; sealed with the connection's data key of the ring `intake`. */
export const intakeFileChunks = pgTable(
  "intake_file_chunks",
  {
    fileId: uuid("file_id").notNull(),
    ...owner(),
    number: integer("number").notNull(),
    sealed: bytes("sealed").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.number] }),
    foreignKey({
      columns: [table.fileId, table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [
        intakeFiles.id,
        intakeFiles.connectionId,
        intakeFiles.partnerId,
        intakeFiles.accountId,
      ],
    }).onDelete("cascade"),
  ],
);

/** The public half of the host key that every intake process shows. The private one lies in `sealed_secrets`. */
export const intakeHostKeys = pgTable("intake_host_keys", {
  id: id(),
  publicKey: text("public_key").notNull(),
  /** As OpenSSH prints it: `SHA256:…`. */
  fingerprint: text("fingerprint").notNull(),
  createdAt: createdAt(),
});
