import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { dataKeys, type SEALED_OWNERS } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { decrypt, encrypt } from "./cipher";

export type SealedOwner = { kind: (typeof SEALED_OWNERS)[number]; id: string };

/** Key-encryption keys and the key of fingerprints. The first wraps; all of them unwrap. */
export type SealKeys = { keyEncryptionKeys: readonly { id: string; key: Buffer }[]; hashKey: Buffer };

/** What a wrapped data key is bound to: its owner, whichever key-encryption key wraps it. */
export const dataKeyContext = (owner: SealedOwner): string => `data-key/${owner.kind}/${owner.id}`;
const isOwner = (owner: SealedOwner) =>
  and(eq(dataKeys.ownerKind, owner.kind), eq(dataKeys.ownerId, owner.id));

export async function getDataKey(tx: SystemTransaction, keys: SealKeys, owner: SealedOwner): Promise<Buffer> {
  const [row] = await tx.select().from(dataKeys).where(isOwner(owner));
  if (!row) throw new AppError("not_found", `data key of ${owner.kind}`);
  return unwrapDataKey(keys, row);
}

/** Throws `misconfigured` when the list lacks the key that wraps it, and node's error when that key is another one. */
export function unwrapDataKey(keys: SealKeys, row: typeof dataKeys.$inferSelect): Buffer {
  const wrapping = keys.keyEncryptionKeys.find((key) => key.id === row.keyEncryptionKeyId);
  if (!wrapping)
    throw new AppError(
      "misconfigured",
      `key-encryption key "${row.keyEncryptionKeyId}" is not in KYTKIN_KEYS`,
    );
  return decrypt(wrapping.key, row.wrappedKey, dataKeyContext({ kind: row.ownerKind, id: row.ownerId }));
}

/** The owner's data key, made and wrapped when it has none. Two makers at once end up with the same one. */
export async function ensureDataKey(
  tx: SystemTransaction,
  keys: SealKeys,
  owner: SealedOwner,
): Promise<Buffer> {
  const wrapping = keys.keyEncryptionKeys[0];
  if (!wrapping) throw new AppError("misconfigured", "KYTKIN_KEYS is empty");
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
