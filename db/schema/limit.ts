import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { at } from "./columns";

/** A vendor's limit, shared by all processes: who changes its places or its queue holds this row. */
export const vendorLimits = pgTable("vendor_limits", {
  key: text("key").primaryKey(),
  /** The turn that was called last: whoever has not waited before queues behind it. */
  turn: bigint("turn", { mode: "number" }).notNull().default(0),
  /** For each class of calls the turn that was called last, and where its share of the time has got to. */
  classes: jsonb("classes").$type<Record<string, { turn: number; finish: number }>>().notNull().default({}),
  /** Where the class that was called last began: one that comes anew begins there, and makes up for no time without calls. */
  classTime: doublePrecision("class_time").notNull().default(0),
  /** When the call begins that was promised a place last. */
  lastStart: at("last_start"),
});

/** As many places as calls may arrive at the vendor in one window. Each is one call's, and free again a window after it. */
export const vendorLimitPlaces = pgTable(
  "vendor_limit_places",
  {
    key: text("key")
      .notNull()
      .references(() => vendorLimits.key),
    place: integer("place").notNull(),
    /** While a call has the place: when it counts as lost. */
    freeAt: at("free_at").notNull(),
    /** The call that has the place or had it last. */
    takenBy: uuid("taken_by"),
  },
  (table) => [primaryKey({ columns: [table.key, table.place] })],
);

/** Calls that wait for a place, in the order of their turns: each tenant has one call in a turn. */
export const vendorLimitWaiters = pgTable(
  "vendor_limit_waiters",
  {
    id: uuid("id").primaryKey(),
    key: text("key")
      .notNull()
      .references(() => vendorLimits.key),
    tenant: text("tenant").notNull(),
    turn: bigint("turn", { mode: "number" }).notNull(),
    /** Who waits with it; one that has not said so for a while has died. */
    process: uuid("process").notNull(),
    seenAt: at("seen_at").notNull(),
  },
  (table) => [index("vendor_limit_waiters_turn").on(table.key, table.turn, table.id)],
);
