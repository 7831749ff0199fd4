import { createHmac, hkdfSync } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { dataKeys } from "@/db/schema";
import type { DoorTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { decrypt, encrypt } from "./cipher";
import {
  ensureDataKey,
  type KeyRings,
  type SealedOwner,
  unwrapDataKey,
  type WrappedDataKey,
} from "./data-key";

/** Frozen: another value makes every hash that is stored another one. */
const HASH_KEY_INFO = "connection_data/hash";
/** All that opens and makes data keys of this kind: the worker holds more rings, the gateway this one. */
type GatewayRing = { rings: Pick<KeyRings, "gateway"> };

/**
 * A connection's second data key, for what it carries: bodies of rows and records, the vendor's words, tokens of the gateway.
 * The trigger `connections_data_end` destroys it in the transaction that ends the connection.
 */
export type ConnectionData = {
  /** `place` names table, column and row, and what else the ciphertext must not be moved to. */
  seal(place: string, plain: string | Buffer): string;
  /** Throws node's error for another place, another connection or a changed byte. */
  open(place: string, sealed: string): Buffer;
  /** HMAC-SHA-256 in hexadecimal, by a key made of the data key: it cannot be tried out once that one is gone. */
  hash(value: string): string;
};

const ownerOf = (connectionId: string): SealedOwner => ({ kind: "connection_data", id: connectionId });
/** Frozen. The data key is the connection's own, so that the place alone is bound here. */
const contextOf = (place: string): string => `connection_data/${place}`;

function withDataKey(dataKey: Buffer): ConnectionData {
  const hashKey = Buffer.from(hkdfSync("sha256", dataKey, "", HASH_KEY_INFO, 32));
  return {
    seal: (place, plain) => encrypt(dataKey, Buffer.from(plain), contextOf(place)),
    open: (place, sealed) => decrypt(dataKey, sealed, contextOf(place)),
    hash: (value) => createHmac("sha256", hashKey).update(value).digest("hex"),
  };
}

/** For a process that was given the row: the gateway, which holds one ring. Throws `misconfigured` without the key that wraps it. */
export const unwrapConnectionData = (
  keys: GatewayRing,
  row: Omit<WrappedDataKey, "ownerKind">,
): ConnectionData => withDataKey(unwrapDataKey(keys, { ...row, ownerKind: "connection_data" }));

/** Null when nothing was ever sealed for the connection, or its data key is destroyed. */
export async function findConnectionData(
  tx: DoorTransaction,
  keys: GatewayRing,
  connectionId: string,
): Promise<ConnectionData | null> {
  const [row] = await tx
    .select()
    .from(dataKeys)
    .where(and(eq(dataKeys.ownerKind, "connection_data"), eq(dataKeys.ownerId, connectionId)));
  return row ? unwrapConnectionData(keys, row) : null;
}

/**
 * Makes the data key at its first use. Throws `gone` for a connection that has ended: its data key is not made a second time.
 */
export async function ensureConnectionData(
  tx: DoorTransaction,
  keys: GatewayRing,
  connectionId: string,
): Promise<ConnectionData> {
  const found = await findConnectionData(tx, keys, connectionId);
  if (found) return found;
  // The lock holds up the end, so that its trigger finds the key that is made here.
  const [live] = await tx.execute<{ held: boolean }>(
    sql`select kytkin.lock_live_connection(${connectionId}::uuid) as held`,
  );
  if (!live?.held) throw new AppError("gone", "the connection has ended");
  return withDataKey(await ensureDataKey(tx, keys, ownerOf(connectionId)));
}
