import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import {
  COMPARISON_OUTCOMES,
  type ComparisonOutcome,
  type Finding,
} from "@/lib/connection/comparison/schema";
import { connections } from "./activation";
import { at, id, isOneOf } from "./columns";

/**
 * What the vendor has of what was written, entity by entity, as it was found at one time. Counts and places of our own rows: sums and the
 * vendor's ids would be content in the clear.
 */
export const comparisons = pgTable(
  "comparisons",
  {
    id: id(),
    connectionId: uuid("connection_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    entity: text("entity").notNull(),
    outcome: text("outcome").$type<ComparisonOutcome>().notNull(),
    /** The kind of the vendor's error. */
    problem: text("problem"),
    /** Records written since then were compared. */
    since: at("since").notNull(),
    comparedAt: at("compared_at").notNull(),
    written: integer("written").notNull(),
    found: integer("found").notNull(),
    missing: integer("missing").notNull(),
    totalsCompared: integer("totals_compared").notNull(),
    totalsDiffer: integer("totals_differ").notNull(),
    changed: integer("changed").notNull(),
    findings: jsonb("findings").$type<Finding[]>().notNull(),
  },
  (table) => [
    index("comparisons_connection").on(table.connectionId, table.entity, table.comparedAt),
    index("comparisons_age").on(table.comparedAt),
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    check("comparisons_outcome", isOneOf(table.outcome, COMPARISON_OUTCOMES)),
    check("comparisons_problem", sql`(outcome = 'failed') = (problem is not null)`),
  ],
);
