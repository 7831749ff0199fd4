import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import {
  EVIDENCE_KINDS,
  type EvidenceKind,
  PERSON_FIELDS,
  type PersonField,
  type PublicKey,
} from "@/lib/connection/evidence/schema";
import { users } from "./account";
import { activationRequests } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";

/** Public halves of the keys that sign documents; the private ones are sealed secrets of the worker. Never deleted. */
export const evidenceKeys = pgTable("evidence_keys", {
  id: id(),
  /** The key's fingerprint. */
  kid: text("kid").notNull().unique(),
  publicKey: jsonb("public_key").$type<PublicKey>().notNull(),
  /** null: a first key, which signed itself. */
  predecessor: text("predecessor"),
  /** What the key says of itself, signed by its predecessor. */
  statement: text("statement").notNull(),
  retiredAt: at("retired_at"),
  /** Since when somebody else may have had it: what it signed after that, and the installation does not know, proves nothing. */
  distrustedSince: at("distrusted_since"),
  createdAt: createdAt(),
});

/** Signed documents, as bytes. Nobody changes one; another state of the same matter is another revision. */
export const evidenceDocuments = pgTable(
  "evidence_documents",
  {
    id: id(),
    kind: text("kind").$type<EvidenceKind>().notNull(),
    /** The request of a receipt, the connection of a certificate. */
    subjectId: uuid("subject_id").notNull(),
    revision: integer("revision").notNull(),
    requestId: uuid("request_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    kid: text("kid")
      .notNull()
      .references(() => evidenceKeys.kid),
    protectedHeader: text("protected_header").notNull(),
    payload: text("payload").notNull(),
    signature: text("signature").notNull(),
    /** SHA-256 of the signed bytes. */
    fingerprint: text("fingerprint").notNull().unique(),
    issuedAt: at("issued_at").notNull(),
  },
  (table) => [
    unique("evidence_documents_subject_key").on(table.kind, table.subjectId, table.revision),
    unique("evidence_documents_id_account").on(table.id, table.accountId),
    foreignKey({
      columns: [table.requestId, table.partnerId, table.accountId],
      foreignColumns: [activationRequests.id, activationRequests.partnerId, activationRequests.accountId],
    }),
    index("evidence_documents_account").on(table.accountId, table.issuedAt),
    check("evidence_documents_kind", isOneOf(table.kind, EVIDENCE_KINDS)),
  ],
);

/** Who the digests in a document are about. Erasing a person deletes the row; the signature does not notice. */
export const evidencePersons = pgTable(
  "evidence_persons",
  {
    documentId: uuid("document_id").notNull(),
    accountId: uuid("account_id").notNull(),
    field: text("field").$type<PersonField>().notNull(),
    userId: uuid("user_id").references(() => users.id),
    value: text("value").notNull(),
    salt: text("salt").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.field] }),
    foreignKey({
      columns: [table.documentId, table.accountId],
      foreignColumns: [evidenceDocuments.id, evidenceDocuments.accountId],
    }),
    index("evidence_persons_user").on(table.userId),
    check("evidence_persons_field", isOneOf(table.field, PERSON_FIELDS)),
  ],
);
