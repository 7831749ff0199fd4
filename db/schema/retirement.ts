import { sql } from "drizzle-orm";
import { check, date, foreignKey, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { accounts, users } from "./account";
import { at, createdAt, id } from "./columns";
import { integrations } from "./integration";

/**
 * An integration that its partner gives up: its links lead nowhere from the announcement on, and its connections end on the day. One that
 * was taken back stays, as the history. Customers read what it says.
 */
export const retirements = pgTable(
  "retirements",
  {
    id: id(),
    integrationId: uuid("integration_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    /** The day on which connections end, by the partner's calendar, and when it begins there. */
    endsOn: date("ends_on", { mode: "string" }).notNull(),
    endsAt: at("ends_at").notNull(),
    /** What the partner tells its customers. */
    note: text("note").notNull(),
    /** What to use in its place, in the partner's words, with an address; both or neither. */
    replacementName: text("replacement_name"),
    replacementUrl: text("replacement_url"),
    announcedBy: uuid("announced_by")
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    /** When the second mail was due. */
    remindedAt: at("reminded_at"),
    withdrawnAt: at("withdrawn_at"),
    withdrawnBy: uuid("withdrawn_by").references(() => users.id),
  },
  (table) => [
    unique("retirements_id_partner").on(table.id, table.partnerId),
    uniqueIndex("retirements_one").on(table.integrationId).where(sql`withdrawn_at is null`),
    foreignKey({
      columns: [table.integrationId, table.partnerId],
      foreignColumns: [integrations.id, integrations.partnerId],
    }),
    // Customers get a month. A day less for the zones: the day begins in the partner's.
    check("retirements_notice", sql`ends_at >= created_at + interval '29 days'`),
    check("retirements_replacement", sql`(replacement_name is null) = (replacement_url is null)`),
    check("retirements_withdrawn", sql`(withdrawn_at is null) = (withdrawn_by is null)`),
  ],
);

/** An account with connections that end by a retirement: its mails are about this row. */
export const retirementNotices = pgTable(
  "retirement_notices",
  {
    id: id(),
    retirementId: uuid("retirement_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    createdAt: createdAt(),
  },
  (table) => [
    unique("retirement_notices_key").on(table.retirementId, table.accountId),
    foreignKey({
      columns: [table.retirementId, table.partnerId],
      foreignColumns: [retirements.id, retirements.partnerId],
      name: "retirement_notices_retirement",
    }),
  ],
);
