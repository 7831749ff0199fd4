import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { StoredContent } from "@/lib/catalogue/integration/schema";
import { LINK_KINDS, type LinkKind } from "@/lib/catalogue/link/schema";
import { INTEGRATION_KINDS, type IntegrationKind } from "@/lib/catalogue/listing/kinds";
import { partners } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";

export const STAGES = ["test", "production"] as const;
export const SPECIFICATION_STATES = [
  "draft",
  "in_review",
  "approved",
  "rejected",
  "withdrawn",
  "published",
  "deprecated",
] as const;

/** What the vendor gave the partner for one connector and stage. Secrets lie sealed in `sealed_secrets`. */
export const vendorApplications = pgTable(
  "vendor_applications",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    connector: text("connector").notNull(),
    stage: text("stage").notNull(),
    clientId: text("client_id").notNull(),
    /** Settings without secrets: base URL, API version, activation URL, callback parameter, vendor's integration id. */
    settings: jsonb("settings").$type<Record<string, string>>().notNull().default({}),
    /** What the vendor counts its limit by. */
    limiterKey: text("limiter_key").notNull(),
    /** When the vendor last accepted all that is in use; null: not tried yet, or refused since. */
    provenAt: at("proven_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("vendor_applications_client_key").on(table.connector, table.stage, table.clientId),
    unique("vendor_applications_id_partner").on(table.id, table.partnerId),
    check("vendor_applications_stage", isOneOf(table.stage, STAGES)),
  ],
);

export const integrations = pgTable(
  "integrations",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    slug: text("slug").notNull(),
    connector: text("connector").notNull(),
    stage: text("stage").notNull(),
    vendorApplicationId: uuid("vendor_application_id").notNull(),
    /** In the public catalogue, by the operator's mark. */
    isListed: boolean("is_listed").notNull().default(false),
    /** What the public catalogue is filtered by. */
    kind: text("kind").$type<IntegrationKind>().notNull().default("other"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("integrations_slug_key").on(table.slug),
    unique("integrations_id_partner").on(table.id, table.partnerId),
    foreignKey({
      columns: [table.vendorApplicationId, table.partnerId],
      foreignColumns: [vendorApplications.id, vendorApplications.partnerId],
    }),
    check("integrations_stage", isOneOf(table.stage, STAGES)),
    check("integrations_kind", isOneOf(table.kind, INTEGRATION_KINDS)),
  ],
);

/** One immutable version. Only its state moves after review. */
export const specifications = pgTable(
  "specifications",
  {
    id: id(),
    integrationId: uuid("integration_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    version: integer("version").notNull(),
    state: text("state").notNull(),
    content: jsonb("content").$type<StoredContent>().notNull(),
    /** SHA-256 of all that a customer is shown, by the rule of the shape in which `content` is stored. */
    contentHash: text("content_hash").notNull(),
    publishedAt: at("published_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("specifications_version_key").on(table.integrationId, table.version),
    unique("specifications_id_integration").on(table.id, table.integrationId, table.partnerId),
    uniqueIndex("specifications_one_published").on(table.integrationId).where(sql`state = 'published'`),
    // Until it is published, rejected or withdrawn no other is submitted: reviewers see one at a time.
    uniqueIndex("specifications_one_submitted")
      .on(table.integrationId)
      .where(sql`state in ('in_review', 'approved')`),
    foreignKey({
      columns: [table.integrationId, table.partnerId],
      foreignColumns: [integrations.id, integrations.partnerId],
    }),
    check("specifications_state", isOneOf(table.state, SPECIFICATION_STATES)),
  ],
);

/** A shareable URL. It names the integration and carries no authority. */
export const activationLinks = pgTable(
  "activation_links",
  {
    id: id(),
    integrationId: uuid("integration_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    label: text("label").notNull(),
    /** Kept readable for the partner, who copies it again; the public scope finds it by its hash only. */
    token: text("token").notNull(),
    tokenHash: text("token_hash").notNull(),
    /** `session`: made by the partner's software for one customer, for one request. */
    kind: text("kind").$type<LinkKind>().notNull().default("shared"),
    campaign: text("campaign"),
    /** The language that the customer's pages begin in, when the browser has chosen none. */
    language: text("language"),
    /** How many submitted requests it leads to; null: any number. */
    maxUses: integer("max_uses"),
    /** The partner's own name for its customer. */
    customerRef: text("customer_ref"),
    /** The address that the sign-in begins with. */
    email: text("email"),
    /** Companies that are ticked beforehand. */
    businessIds: jsonb("business_ids").$type<string[]>().notNull().default([]),
    returnUrl: text("return_url"),
    /** What the form of settings begins with, by the settings' names, as a browser sends them. */
    settings: jsonb("settings").$type<Record<string, string>>().notNull().default({}),
    expiresAt: at("expires_at"),
    withdrawnAt: at("withdrawn_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("activation_links_token_hash_key").on(table.tokenHash),
    index("activation_links_partner").on(table.partnerId, table.id),
    check("activation_links_kind", isOneOf(table.kind, LINK_KINDS)),
    check("activation_links_max_uses", sql`max_uses is null or max_uses > 0`),
    foreignKey({
      columns: [table.integrationId, table.partnerId],
      foreignColumns: [integrations.id, integrations.partnerId],
    }),
  ],
);
