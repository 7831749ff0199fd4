import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, createdAt, id } from "./columns";
import { vendorApplications } from "./integration";

/** Where the vendor of an application sends its calls: an address that cannot be guessed, of which the hash is kept. */
export const inboundAddresses = pgTable(
  "inbound_addresses",
  {
    vendorApplicationId: uuid("vendor_application_id")
      .primaryKey()
      .references(() => vendorApplications.id, { onDelete: "cascade" }),
    connector: text("connector").notNull(),
    tokenHash: text("token_hash").notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique("inbound_addresses_token_key").on(table.tokenHash)],
);

/** A call that nobody has verified yet, encrypted to the worker: a compact JWE, gone once it was read. */
export const inboundCalls = pgTable(
  "inbound_calls",
  {
    id: id(),
    vendorApplicationId: uuid("vendor_application_id")
      .notNull()
      .references(() => inboundAddresses.vendorApplicationId, { onDelete: "cascade" }),
    sealedCall: text("sealed_call").notNull(),
    bytes: integer("bytes").notNull(),
    receivedAt: at("received_at").notNull().defaultNow(),
  },
  (table) => [index("inbound_calls_application").on(table.vendorApplicationId, table.id)],
);

/** Verified notices, by hash: the vendor sends one again, and anybody else may. */
export const inboundNotices = pgTable(
  "inbound_notices",
  {
    vendorApplicationId: uuid("vendor_application_id")
      .notNull()
      .references(() => vendorApplications.id, { onDelete: "cascade" }),
    noticeHash: text("notice_hash").notNull(),
    receivedAt: at("received_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.vendorApplicationId, table.noticeHash] }),
    index("inbound_notices_received").on(table.receivedAt),
  ],
);
