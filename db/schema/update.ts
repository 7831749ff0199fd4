import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { type Finding, VERDICTS, type Verdict } from "@/lib/catalogue/integration/schema";
import type { Locale } from "@/lib/core/locales";
import { accounts, users } from "./account";
import { connections } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";
import { specifications } from "./integration";

/** What the step from one version to a later one means for those who are active on the first. Judged once, by the worker. */
export const specificationUpdates = pgTable(
  "specification_updates",
  {
    fromSpecificationId: uuid("from_specification_id").notNull(),
    specificationId: uuid("specification_id").notNull(),
    integrationId: uuid("integration_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    verdict: text("verdict").$type<Verdict>().notNull(),
    /** The weightiest first, as `judgeChange` gives them. */
    findings: jsonb("findings").$type<Finding[]>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.fromSpecificationId, table.specificationId] }),
    // A connection's move names the step's verdict: what needs consent is not passed off as silent.
    unique("specification_updates_verdict").on(
      table.fromSpecificationId,
      table.specificationId,
      table.verdict,
    ),
    foreignKey({
      columns: [table.fromSpecificationId, table.integrationId, table.partnerId],
      foreignColumns: [specifications.id, specifications.integrationId, specifications.partnerId],
      name: "specification_updates_from",
    }),
    foreignKey({
      columns: [table.specificationId, table.integrationId, table.partnerId],
      foreignColumns: [specifications.id, specifications.integrationId, specifications.partnerId],
      name: "specification_updates_to",
    }),
    check("specification_updates_verdicts", isOneOf(table.verdict, VERDICTS)),
  ],
);

/** A published version that concerns connections of an account: its one mail, and its page, are about this row. */
export const accountUpdates = pgTable(
  "account_updates",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    partnerId: uuid("partner_id").notNull(),
    integrationId: uuid("integration_id").notNull(),
    specificationId: uuid("specification_id").notNull(),
    /** The weightiest of the account's connections. */
    verdict: text("verdict").$type<Verdict>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("account_updates_key").on(table.accountId, table.specificationId),
    foreignKey({
      columns: [table.specificationId, table.integrationId, table.partnerId],
      foreignColumns: [specifications.id, specifications.integrationId, specifications.partnerId],
      name: "account_updates_specification",
    }),
    check("account_updates_verdicts", isOneOf(table.verdict, VERDICTS)),
  ],
);

/** One acceptance of a later version for many connections: who, when, and the hash of what was shown. Append-only. */
export const updateAcceptances = pgTable(
  "update_acceptances",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    partnerId: uuid("partner_id").notNull(),
    integrationId: uuid("integration_id").notNull(),
    specificationId: uuid("specification_id").notNull(),
    contentHash: text("content_hash").notNull(),
    language: text("language").$type<Locale>().notNull(),
    /** null where the version is of the first shape, which had none. */
    structureHash: text("structure_hash"),
    languageHash: text("language_hash"),
    acceptedBy: uuid("accepted_by")
      .notNull()
      .references(() => users.id),
    acceptedEmail: text("accepted_email").notNull(),
    acceptedAt: at("accepted_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("update_acceptances_of_version").on(table.id, table.accountId, table.specificationId),
    foreignKey({
      columns: [table.specificationId, table.integrationId, table.partnerId],
      foreignColumns: [specifications.id, specifications.integrationId, specifications.partnerId],
      name: "update_acceptances_specification",
    }),
    index("update_acceptances_account").on(table.accountId, table.id),
  ],
);

/**
 * A connection went from one version to a later one. Inserting the row moves the connection, in the trigger
 * `connection_updates_move`; nothing else does. Append-only.
 */
export const connectionUpdates = pgTable(
  "connection_updates",
  {
    id: id(),
    connectionId: uuid("connection_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    fromSpecificationId: uuid("from_specification_id").notNull(),
    specificationId: uuid("specification_id").notNull(),
    verdict: text("verdict").$type<Verdict>().notNull(),
    /** null where nobody had to agree. */
    acceptanceId: uuid("acceptance_id"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("connection_updates_key").on(table.connectionId, table.specificationId),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
      name: "connection_updates_connection",
    }),
    foreignKey({
      columns: [table.fromSpecificationId, table.specificationId, table.verdict],
      foreignColumns: [
        specificationUpdates.fromSpecificationId,
        specificationUpdates.specificationId,
        specificationUpdates.verdict,
      ],
      name: "connection_updates_step",
    }),
    foreignKey({
      columns: [table.acceptanceId, table.accountId, table.specificationId],
      foreignColumns: [updateAcceptances.id, updateAcceptances.accountId, updateAcceptances.specificationId],
      name: "connection_updates_acceptance",
    }),
    index("connection_updates_acceptances").on(table.acceptanceId),
    check(
      "connection_updates_consent",
      sql`(${table.verdict} = 'needs_consent') = (acceptance_id is not null)`,
    ),
  ],
);
