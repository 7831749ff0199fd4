import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import {
  TRIAL_FAILURES,
  TRIAL_KINDS,
  TRIAL_STATES,
  type TrialCheck,
  type TrialFailure,
  type TrialKind,
  type TrialState,
} from "@/lib/partner/application/schema";
import { users } from "./account";
import { at, createdAt, id, isOneOf } from "./columns";
import { activationLinks, vendorApplications } from "./integration";

/** A real call to the vendor that proves a vendor application: with the values in use, or with those to come. */
export const applicationTrials = pgTable(
  "application_trials",
  {
    id: id(),
    vendorApplicationId: uuid("vendor_application_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    requestedBy: uuid("requested_by")
      .notNull()
      .references(() => users.id),
    kind: text("kind").$type<TrialKind>().notNull(),
    state: text("state").$type<TrialState>().notNull().default("waiting"),
    /** Of a change: the values to come. Settings that the operator alone sets are not among them. */
    clientId: text("client_id"),
    settings: jsonb("settings").$type<Record<string, string>>(),
    /** Names of the secrets that the change replaces. */
    replaces: text("replaces").array().$type<string[]>().notNull().default([]),
    /** The new secrets, encrypted to the worker, compact JWE; system only, and gone once the worker has sealed them. */
    sealed: text("sealed"),
    checks: jsonb("checks").$type<TrialCheck[]>().notNull().default([]),
    failure: text("failure").$type<TrialFailure>(),
    vendorAnswer: jsonb("vendor_answer").$type<VendorAnswer>(),
    createdAt: createdAt(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.vendorApplicationId, table.partnerId],
      foreignColumns: [vendorApplications.id, vendorApplications.partnerId],
    }).onDelete("cascade"),
    index("application_trials_application").on(table.vendorApplicationId, table.id),
    // One at a time, so that a second click is no second call.
    uniqueIndex("application_trials_one_open")
      .on(table.vendorApplicationId)
      .where(sql`state in ('waiting', 'running')`),
    // A change that was refused is discarded before another one is made.
    uniqueIndex("application_trials_one_change")
      .on(table.vendorApplicationId)
      .where(sql`kind = 'change' and state in ('waiting', 'running', 'refused')`),
    check("application_trials_kind", isOneOf(table.kind, TRIAL_KINDS)),
    check("application_trials_state", isOneOf(table.state, TRIAL_STATES)),
    check(
      "application_trials_failure",
      sql`failure is null or (state in ('refused', 'discarded') and ${isOneOf(table.failure, TRIAL_FAILURES)})`,
    ),
    check("application_trials_refused", sql`state <> 'refused' or failure is not null`),
    check(
      "application_trials_change",
      sql`(kind = 'change') = (client_id is not null and settings is not null)`,
    ),
    check("application_trials_sealed", sql`sealed is null or state in ('waiting', 'refused')`),
  ],
);

/** How often a link was opened, by people or by programs that look at addresses. */
export const linkOpenings = pgTable("link_openings", {
  linkId: uuid("link_id")
    .primaryKey()
    .references(() => activationLinks.id, { onDelete: "cascade" }),
  partnerId: uuid("partner_id").notNull(),
  count: integer("count").notNull(),
  lastAt: at("last_at").notNull(),
});
