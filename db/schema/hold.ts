import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { HOLD_KINDS, HOLD_SIDES, type HoldKind, type HoldSide } from "@/lib/connection/hold/schema";
import { users } from "./account";
import { connections } from "./activation";
import { at, createdAt, id, isOneOf } from "./columns";
import { apiKeys } from "./partner";

/**
 * What stops a connection for a time, or ends it on a day: rows of their own, since several sides may hold it at once and
 * each lifts only its own. Lifted rows stay, as the history.
 */
export const holds = pgTable(
  "holds",
  {
    id: id(),
    connectionId: uuid("connection_id").notNull(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    kind: text("kind").$type<HoldKind>().notNull(),
    setBy: text("set_by").$type<HoldSide>().notNull(),
    setByUser: uuid("set_by_user").references(() => users.id),
    setByKey: uuid("set_by_key").references(() => apiKeys.id),
    reason: text("reason"),
    since: at("since").notNull(),
    /** null: until it is lifted. */
    until: at("until"),
    liftedAt: at("lifted_at"),
    /** null with a time: its day came. */
    liftedBy: text("lifted_by").$type<HoldSide>(),
    liftedByUser: uuid("lifted_by_user").references(() => users.id),
    liftedByKey: uuid("lifted_by_key").references(() => apiKeys.id),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({
      columns: [table.connectionId, table.partnerId, table.accountId],
      foreignColumns: [connections.id, connections.partnerId, connections.accountId],
    }),
    uniqueIndex("holds_one_of_side")
      .on(table.connectionId, table.kind, table.setBy)
      .where(sql`lifted_at is null`),
    index("holds_of_connection").on(table.connectionId, table.id),
    index("holds_due").on(table.until).where(sql`lifted_at is null`),
    check("holds_kind", isOneOf(table.kind, HOLD_KINDS)),
    check("holds_set_by", isOneOf(table.setBy, HOLD_SIDES)),
    check("holds_lifted_by", sql`lifted_by is null or ${isOneOf(table.liftedBy, HOLD_SIDES)}`),
    check("holds_lifted", sql`lifted_at is not null or lifted_by is null`),
    check("holds_scheduled_end", sql`kind <> 'scheduled_end' or until is not null`),
    check("holds_order", sql`until is null or until > since`),
  ],
);
