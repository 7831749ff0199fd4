import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { PARTNER_ROLES, type PartnerRole } from "@/lib/partner/organization/roles";
import { at, createdAt, id, isOneOf } from "./columns";

/** An organization on the customer's side. A personal one is made at first sign-in. */
export const accounts = pgTable("accounts", {
  id: id(),
  name: text("name").notNull(),
  createdAt: createdAt(),
});

export const users = pgTable(
  "users",
  {
    id: id(),
    /** Lower case. */
    email: text("email").notNull(),
    locale: text("locale").notNull().default("en"),
    activeAccountId: uuid("active_account_id").references(() => accounts.id),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("users_email_key").on(table.email),
    check("users_email_lower", sql`${table.email} = lower(${table.email})`),
  ],
);

export const memberships = pgTable(
  "memberships",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.userId] }),
    // Every page of a signed-in person lists the accounts of that person.
    index("memberships_user").on(table.userId),
  ],
);

/** Who runs this installation. Made by a script on the worker's login; nothing that the web may enter can add one. */
export const operators = pgTable("operators", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id),
  createdAt: createdAt(),
});

/** Sessions are rows, so that signing out everywhere works at once. The cookie's token is stored as a hash. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    tokenHash: text("token_hash").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    expiresAt: at("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("sessions_token_hash_key").on(table.tokenHash),
    index("sessions_user").on(table.userId),
    index("sessions_expiry").on(table.expiresAt),
  ],
);

/** One e-mail with a link and a 6-digit code. Both are one-time and end together. */
export const signInTokens = pgTable(
  "sign_in_tokens",
  {
    id: id(),
    email: text("email").notNull(),
    /** next-auth's hash of the link's token. */
    tokenHash: text("token_hash").notNull(),
    codeHash: text("code_hash").notNull(),
    codeTriesLeft: integer("code_tries_left").notNull().default(5),
    /** Hash of the asking browser's cookie, to warn when the link is opened in another one. */
    browserHash: text("browser_hash").notNull(),
    userAgent: text("user_agent").notNull(),
    callbackPath: text("callback_path").notNull(),
    /** Of the acceptance in the asking browser that this request came of; no other sign-in takes it over. */
    acceptanceHash: text("acceptance_hash"),
    expiresAt: at("expires_at").notNull(),
    codeExpiresAt: at("code_expires_at").notNull(),
    usedAt: at("used_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("sign_in_tokens_token_hash_key").on(table.tokenHash),
    uniqueIndex("sign_in_tokens_code_hash_key").on(table.codeHash),
    // The waiting tab asks for its newest request every two seconds.
    index("sign_in_tokens_browser").on(table.browserHash, table.createdAt),
  ],
);

export const partners = pgTable(
  "partners",
  {
    id: id(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    /** Told of requests that wait for a decision. */
    notifyEmail: text("notify_email").notNull(),
    /** As customers know the partner; null: the organization's own name. */
    marketName: text("market_name"),
    /** A small PNG as a `data:` address. */
    logo: text("logo"),
    supportEmail: text("support_email"),
    incidentEmail: text("incident_email"),
    reviewEmail: text("review_email"),
    websiteUrl: text("website_url"),
    supportUrl: text("support_url"),
    termsUrl: text("terms_url"),
    privacyUrl: text("privacy_url"),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("partners_slug_key").on(table.slug)],
);

export const partnerMembers = pgTable(
  "partner_members",
  {
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    role: text("role").$type<PartnerRole>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.userId] }),
    index("partner_members_user").on(table.userId),
    check("partner_members_role", isOneOf(table.role, PARTNER_ROLES)),
  ],
);
