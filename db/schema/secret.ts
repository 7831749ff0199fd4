import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, isOneOf } from "./columns";

export const SEALED_OWNERS = [
  "vendor_application",
  "application_trial",
  "grant",
  "connection",
  "intake_key",
  "connection_data",
  "evidence_key",
  "connection_intake",
  "intake_host",
  "connection_export",
] as const;

/** One data key for each sealed owner, wrapped by a key-encryption key. Destroying the row destroys what it sealed. */
export const dataKeys = pgTable(
  "data_keys",
  {
    ownerKind: text("owner_kind").$type<(typeof SEALED_OWNERS)[number]>().notNull(),
    ownerId: uuid("owner_id").notNull(),
    keyEncryptionKeyId: text("key_encryption_key_id").notNull(),
    /** Base64 of nonce, ciphertext and tag. */
    wrappedKey: text("wrapped_key").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerKind, table.ownerId] }),
    check("data_keys_owner_kind", isOneOf(table.ownerKind, SEALED_OWNERS)),
  ],
);

/** A sealed value, bound to its owner, name and version. System only. */
export const sealedSecrets = pgTable(
  "sealed_secrets",
  {
    id: id(),
    ownerKind: text("owner_kind").$type<(typeof SEALED_OWNERS)[number]>().notNull(),
    ownerId: uuid("owner_id").notNull(),
    name: text("name").notNull(),
    version: integer("version").notNull().default(1),
    ciphertext: text("ciphertext").notNull(),
    /** Keyed hash of the plain value, to find the same key again without opening anything. */
    fingerprint: text("fingerprint").notNull(),
    expiresAt: at("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("sealed_secrets_name_key").on(table.ownerKind, table.ownerId, table.name),
    // Whoever seals while the owner's data key is being destroyed is refused, or destroyed with it: nothing is left that
    // nobody can open.
    foreignKey({
      name: "sealed_secrets_data_key",
      columns: [table.ownerKind, table.ownerId],
      foreignColumns: [dataKeys.ownerKind, dataKeys.ownerId],
    }).onDelete("cascade"),
    // Not unique: a technical user that was there before has one key, whichever integration asks for it.
    index("sealed_secrets_api_key")
      .on(table.fingerprint)
      .where(sql`name = 'api_key' and owner_kind = 'connection'`),
  ],
);

/** Who may refresh a token now; everybody else waits for the row to change. */
export const tokenLeases = pgTable("token_leases", {
  subject: text("subject").primaryKey(),
  leasedUntil: at("leased_until").notNull(),
  leasedBy: text("leased_by").notNull(),
});

export const VENDOR_CALL_STATES = ["sent", "answered", "unsent"] as const;

/** The journal of calls that must not run twice: committed before the call. Unique per request and verb. */
export const vendorCalls = pgTable(
  "vendor_calls",
  {
    id: id(),
    vendorRequest: text("vendor_request").notNull(),
    verb: text("verb").notNull(),
    connector: text("connector").notNull(),
    stage: text("stage").notNull(),
    bodyHash: text("body_hash").notNull(),
    state: text("state").notNull(),
    status: integer("status"),
    /** The browser's or partner's request that led to it, for the logs. */
    traceId: text("trace_id"),
    sentAt: at("sent_at").notNull(),
    answeredAt: at("answered_at"),
    /**
     * When the vendor's list is read again: its answer was lost and it showed no effect, which may come late. null: nothing
     * is looked for.
     */
    lookAgainAt: at("look_again_at"),
  },
  (table) => [
    index("vendor_calls_unanswered").on(table.sentAt).where(sql`state = 'sent'`),
    index("vendor_calls_look_again").on(table.lookAgainAt).where(sql`look_again_at is not null`),
    unique("vendor_calls_verb_key").on(table.connector, table.stage, table.vendorRequest, table.verb),
    check("vendor_calls_state", isOneOf(table.state, VENDOR_CALL_STATES)),
  ],
);
