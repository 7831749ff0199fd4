import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { connections } from "./activation";
import { at } from "./columns";

/**
 * What opens the vendor for the gateway, one row a connection: the worker mints and seals it, the gateway asks for it. System
 * only; the gateway gets the row of one connection from `kytkin.authorize_gateway_call`. Deleted with the connection's end.
 */
export const gatewayTokens = pgTable("gateway_tokens", {
  connectionId: uuid("connection_id")
    .primaryKey()
    .references(() => connections.id, { onDelete: "cascade" }),
  /** Counts what was minted; what is sealed is bound to it. */
  version: integer("version").notNull().default(0),
  /** The headers of a call, sealed with the connection's data key; null until the first was minted. */
  sealed: text("sealed"),
  expiresAt: at("expires_at"),
  mintedAt: at("minted_at"),
  /** The gateway waits for another one since then; null: it does not. */
  askedAt: at("asked_at"),
  /** The version that the vendor no longer took. */
  refusedVersion: integer("refused_version"),
  /** While a worker mints. */
  leasedUntil: at("leased_until"),
  /** Why the last try failed: a kind of `ConnectorError`. */
  failure: text("failure"),
  failedAt: at("failed_at"),
});
