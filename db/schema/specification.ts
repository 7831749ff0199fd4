import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import { PUBLICATION_REFUSALS, type PublicationRefusal } from "@/lib/partner/specification/rules";
import { partners, users } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";
import { integrations, specifications } from "./integration";

/** What a partner's members are writing: one draft for each integration, in whatever state it is. */
export const specificationDrafts = pgTable(
  "specification_drafts",
  {
    integrationId: uuid("integration_id").primaryKey(),
    partnerId: uuid("partner_id").notNull(),
    content: jsonb("content").$type<DraftContent>().notNull(),
    /** One more with each save. A save that does not know the newest one is a conflict. */
    revision: integer("revision").notNull().default(1),
    /** The page that saved last, which never conflicts with itself, and how often it had saved. */
    writer: text("writer"),
    writerSequence: integer("writer_sequence").notNull().default(0),
    savedBy: uuid("saved_by")
      .notNull()
      .references(() => users.id),
    savedAt: at("saved_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    index("specification_drafts_partner").on(table.partnerId),
    foreignKey({
      columns: [table.integrationId, table.partnerId],
      foreignColumns: [integrations.id, integrations.partnerId],
    }),
  ],
);

/** The review of one submitted version: who asked for it, and what was decided. Its state is that of the version. */
export const specificationReviews = pgTable(
  "specification_reviews",
  {
    specificationId: uuid("specification_id").primaryKey(),
    integrationId: uuid("integration_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    /** What the partner tells the reviewer. */
    note: text("note"),
    submittedBy: uuid("submitted_by")
      .notNull()
      .references(() => users.id),
    submittedAt: at("submitted_at").notNull().defaultNow(),
    /** Where approvals take two operators: the first of them. */
    firstApprovedBy: uuid("first_approved_by").references(() => users.id),
    firstApprovedAt: at("first_approved_at"),
    decidedBy: uuid("decided_by").references(() => users.id),
    decidedAt: at("decided_at"),
    /** When an approved version is published by itself; kept once it was. */
    publishAt: at("publish_at"),
    publishSetBy: uuid("publish_set_by").references(() => users.id),
    /** Why it was not published then. */
    publishRefused: text("publish_refused").$type<PublicationRefusal>(),
    /** What the reviewer tells the partner with a rejection, and may with an approval. */
    reason: text("reason"),
    /** The reviewer's words to single fields, by the field's name. */
    comments: jsonb("comments").$type<Record<string, string>>().notNull().default({}),
  },
  (table) => [
    index("specification_reviews_integration").on(table.integrationId),
    foreignKey({
      columns: [table.specificationId, table.integrationId, table.partnerId],
      foreignColumns: [specifications.id, specifications.integrationId, specifications.partnerId],
    }),
    index("specification_reviews_publish_at").on(table.publishAt).where(sql`publish_refused is null`),
    check(
      "specification_reviews_first_approved",
      sql`(first_approved_by is null) = (first_approved_at is null)`,
    ),
    check("specification_reviews_two_approvals", sql`first_approved_by <> submitted_by`),
    check("specification_reviews_publish_refused", isOneOf(table.publishRefused, PUBLICATION_REFUSALS)),
    check("specification_reviews_decided", sql`(decided_by is null) = (decided_at is null)`),
  ],
);

/** An address that a partner wrote into a draft, and what the worker found there. */
export const checkedAddresses = pgTable(
  "checked_addresses",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    address: text("address").notNull(),
    askedAt: at("asked_at").notNull().defaultNow(),
    /** null while the worker has not called it. */
    checkedAt: at("checked_at"),
    status: integer("status"),
    /** Why there was no answer. */
    error: text("error"),
  },
  (table) => [unique("checked_addresses_key").on(table.partnerId, table.address)],
);
