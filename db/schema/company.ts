import { sql } from "drizzle-orm";
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
import { accounts } from "./account";
import { environments } from "./activation";
import { at, createdAt, id } from "./columns";
import { integrations } from "./integration";

/**
 * An environment as an account knows it, from its first activation there on. Written by the trigger `keep_company` on
 * `activations` alone; the name is the newest activation's.
 */
export const companies = pgTable(
  "companies",
  {
    id: id(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    environmentId: uuid("environment_id")
      .notNull()
      .references(() => environments.id),
    connector: text("connector").notNull(),
    stage: text("stage").notNull(),
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    businessId: text("business_id"),
    /** The name as lists are ordered by it: `kytkin.fold(name)`. */
    sortKey: text("sort_key").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("companies_environment_key").on(table.accountId, table.environmentId),
    unique("companies_id_account").on(table.id, table.accountId),
    index("companies_by_name").on(table.accountId, table.sortKey, table.id),
  ],
);

/**
 * The words that a company is found by. A row for each, since row-level security uses an index only for comparisons that
 * are leakproof: a prefix of a word is compared with `~>=~`, where `ILIKE` would read every row of every account.
 */
export const companyWords = pgTable(
  "company_words",
  {
    accountId: uuid("account_id").notNull(),
    companyId: uuid("company_id").notNull(),
    word: text("word").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.companyId, table.word] }),
    foreignKey({
      columns: [table.companyId, table.accountId],
      foreignColumns: [companies.id, companies.accountId],
    }).onDelete("cascade"),
    index("company_words_prefix").on(table.accountId, table.word.op("text_pattern_ops"), table.companyId),
  ],
);

/** Companies that an account wants an integration in, batch after batch: the cap allows only so many at once. */
export const activationPlans = pgTable(
  "activation_plans",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id),
    linkToken: text("link_token").notNull(),
    /** The vendor's ids of the companies whose turn has not come yet, in the order of their turns. */
    wantedExternalIds: jsonb("wanted_external_ids").$type<string[]>().notNull(),
    /** How many there were at the beginning. */
    totalCount: integer("total_count").notNull(),
    createdAt: createdAt(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.integrationId] }),
    index("activation_plans_age").on(table.updatedAt),
    check("activation_plans_total", sql`total_count > 0`),
  ],
);
