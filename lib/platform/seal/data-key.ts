import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { dataKeys, SEALED_OWNERS } from "@/db/schema";
import type { DoorTransaction, SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { decrypt, encrypt } from "./cipher";

export type SealedOwner = { kind: (typeof SEALED_OWNERS)[number]; id: string };

export type KeyEncryptionKey = { id: string; key: Buffer };

/** Lists of key-encryption keys, by who holds them. The first of a list wraps; all of them unwrap. */
export const KEY_RINGS = ["vendor", "gateway", "intake"] as const;
export type KeyRing = (typeof KEY_RINGS)[number];
export type KeyRings = Record<KeyRing, readonly KeyEncryptionKey[]>;

/** The worker's: every ring, and the key of fingerprints. */
export type SealKeys = { rings: KeyRings; hashKey: Buffer };

/** Which ring wraps the data key of each kind of owner. The gateway opens what it streams, and no vendor secret. */
export const RING_OF: Record<SealedOwner["kind"], KeyRing> = {
  vendor_application: "vendor",
  application_trial: "vendor",
  grant: "vendor",
  connection: "vendor",
  intake_key: "vendor",
  connection_data: "gateway",
  evidence_key: "vendor",
  connection_intake: "intake",
  intake_host: "intake",
  connection_export: "gateway",
};

/** The setting that holds a ring. */
export const RING_SETTING: Record<KeyRing, string> = {
  vendor: "KYTKIN_KEYS",
  gateway: "KYTKIN_GATEWAY_KEYS",
  intake: "KYTKIN_INTAKE_KEYS",
};

export const kindsOf = (ring: KeyRing): SealedOwner["kind"][] =>
  SEALED_OWNERS.filter((kind) => RING_OF[kind] === ring);

/** What a key-encryption key is called in settings and messages, where those of all rings stand together. */
export const nameOfKey = (ring: KeyRing, id: string): string => (ring === "vendor" ? id : `${ring}/${id}`);

/** What a wrapped data key is bound to: its owner, whichever key-encryption key wraps it. */
export const dataKeyContext = (owner: SealedOwner): string => `data-key/${owner.kind}/${owner.id}`;
const isOwner = (owner: SealedOwner) =>
  and(eq(dataKeys.ownerKind, owner.kind), eq(dataKeys.ownerId, owner.id));

export async function getDataKey(
  tx: DoorTransaction,
  keys: { rings: Partial<KeyRings> },
  owner: SealedOwner,
): Promise<Buffer> {
  const [row] = await tx.select().from(dataKeys).where(isOwner(owner));
  if (!row) throw new AppError("not_found", `data key of ${owner.kind}`);
  return unwrapDataKey(keys, row);
}

/** A row of `data_keys` as its key-encryption key is looked for and tried. */
export type WrappedDataKey = Pick<
  typeof dataKeys.$inferSelect,
  "ownerKind" | "ownerId" | "keyEncryptionKeyId" | "wrappedKey"
>;

/** Throws `misconfigured` when the ring lacks the key that wraps it, and node's error when that key is another one. */
export function unwrapDataKey(keys: { rings: Partial<KeyRings> }, row: WrappedDataKey): Buffer {
  const ring = RING_OF[row.ownerKind];
  const wrapping = keys.rings[ring]?.find((key) => key.id === row.keyEncryptionKeyId);
  if (!wrapping)
    throw new AppError(
      "misconfigured",
      `key-encryption key "${row.keyEncryptionKeyId}" is not in ${RING_SETTING[ring]}`,
    );
  return decrypt(wrapping.key, row.wrappedKey, dataKeyContext({ kind: row.ownerKind, id: row.ownerId }));
}

/** The owner's data key, made and wrapped when it has none. Two makers at once end up with the same one. */
export async function ensureDataKey(
  tx: DoorTransaction,
  keys: { rings: Partial<KeyRings> },
  owner: SealedOwner,
): Promise<Buffer> {
  const ring = RING_OF[owner.kind];
  const wrapping = keys.rings[ring]?.[0];
  if (!wrapping) throw new AppError("misconfigured", `${RING_SETTING[ring]} is empty`);
  await tx
    .insert(dataKeys)
    .values({
      ownerKind: owner.kind,
      ownerId: owner.id,
      keyEncryptionKeyId: wrapping.id,
      wrappedKey: encrypt(wrapping.key, randomBytes(32), dataKeyContext(owner)),
    })
    .onConflictDoNothing();
  return getDataKey(tx, keys, owner);
}

/** Destroys the key and with it all that it sealed, in backups made from now on too. */
export async function destroyDataKey(tx: SystemTransaction, owner: SealedOwner): Promise<void> {
  await tx.delete(dataKeys).where(isOwner(owner));
}
