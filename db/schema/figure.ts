import { sql } from "drizzle-orm";
import { date, index, integer, jsonb, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import type { Buckets, Leavers } from "@/lib/partner/figures/schema";
import { at } from "./columns";
import { integrations, specifications } from "./integration";

/**
 * What became of those who accepted on one day, by version: counts alone, so that months of a large partner are a few rows.
 * The sweep counts a day anew until next to nothing of it changes.
 */
export const figureDays = pgTable(
  "figure_days",
  {
    partnerId: uuid("partner_id").notNull(),
    integrationId: uuid("integration_id")
      .notNull()
      .references(() => integrations.id),
    specificationId: uuid("specification_id")
      .notNull()
      .references(() => specifications.id),
    /** Of the acceptance, in UTC. */
    day: date("day").notNull(),
    accepted: integer("accepted").notNull(),
    /** Sent to the vendor, or further. */
    started: integer("started").notNull(),
    /** Came back with a consent that can be used, or further. */
    consented: integer("consented").notNull(),
    /** Picked companies, or further. */
    picked: integer("picked").notNull(),
    submitted: integer("submitted").notNull(),
    /** At least one company was approved. */
    approved: integer("approved").notNull(),
    /** At least one company became active. */
    active: integer("active").notNull(),
    /** Where those are who did not become active. */
    leavers: jsonb("leavers").$type<Leavers>().notNull().default({}),
    /** Times from the acceptance to the first active company, and from the submission to the partner's own decision. */
    activeSeconds: jsonb("active_seconds").$type<Buckets>().notNull().default({}),
    decisionSeconds: jsonb("decision_seconds").$type<Buckets>().notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.day, table.specificationId] }),
    index("figure_days_day").on(table.day),
  ],
);

/** When a day was counted last. */
export const figureCounts = pgTable("figure_counts", {
  day: date("day").primaryKey(),
  countedAt: at("counted_at").notNull().default(sql`now()`),
});
