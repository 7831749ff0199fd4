import { bigint, check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at, id, isOneOf } from "./columns";

/**
 * How a call through the gateway ended. `sent`: it left, and its answer is not known yet; `lost`: it left and no answer came;
 * `cut`: an answer came and broke off; `unsent`: nothing left.
 */
export const GATEWAY_CALL_OUTCOMES = ["sent", "answered", "lost", "cut", "unsent"] as const;
export type GatewayCallOutcome = (typeof GATEWAY_CALL_OUTCOMES)[number];

/** The call log: a line for each call through the gateway, without ids of the vendor, queries, headers and bodies. */
export const gatewayCalls = pgTable(
  "gateway_calls",
  {
    id: id(),
    partnerId: uuid("partner_id").notNull(),
    accountId: uuid("account_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    integrationId: uuid("integration_id").notNull(),
    keyId: uuid("key_id").notNull(),
    method: text("method").notNull(),
    /** As the connector's table has it, e.g. `/invoices/{invoiceId}`. */
    pathTemplate: text("path_template").notNull(),
    /** The right of the accepted version that allowed it; null for what needs none. */
    rightUsed: text("right_used"),
    outcome: text("outcome").$type<GatewayCallOutcome>().notNull(),
    status: integer("status"),
    /** From the first byte sent to the last one received. */
    durationMs: integer("duration_ms"),
    sentBytes: bigint("sent_bytes", { mode: "number" }).notNull(),
    receivedBytes: bigint("received_bytes", { mode: "number" }).notNull(),
    traceId: text("trace_id"),
    calledAt: at("called_at").notNull(),
  },
  (table) => [
    index("gateway_calls_partner").on(table.partnerId, table.calledAt),
    index("gateway_calls_account").on(table.accountId, table.connectionId, table.calledAt),
    index("gateway_calls_called_at").on(table.calledAt),
    check("gateway_calls_outcome", isOneOf(table.outcome, GATEWAY_CALL_OUTCOMES)),
  ],
);
