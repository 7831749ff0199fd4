import { and, eq } from "drizzle-orm";
import { sealedSecrets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { keyedHash } from "@/lib/core/hash";
import { decrypt, encrypt } from "./cipher";
import { destroyDataKey, ensureDataKey, getDataKey, type SealedOwner, type SealKeys } from "./data-key";

export type Opened = { value: string; expiresAt: Date | null };

/** What a ciphertext is bound to: its column, owner, name and version. A version is a number, so no two places share one. */
export const secretContext = (owner: SealedOwner, name: string, version: number): string =>
  `sealed_secrets.ciphertext/${owner.kind}/${owner.id}/${name}/${version}`;
const isSecret = (owner: SealedOwner, name: string) =>
  and(
    eq(sealedSecrets.ownerKind, owner.kind),
    eq(sealedSecrets.ownerId, owner.id),
    eq(sealedSecrets.name, name),
  );

/** Keyed hash of a secret: tells whether two are the same without opening either. */
export function fingerprintOf(keys: SealKeys, value: string): string {
  return keyedHash(keys.hashKey, value);
}

/** Seals `value` under the owner's data key, replacing what had this name. */
export async function storeSecret(
  tx: SystemTransaction,
  keys: SealKeys,
  owner: SealedOwner,
  secret: { name: string; value: string; expiresAt?: Date },
): Promise<void> {
  const dataKey = await ensureDataKey(tx, keys, owner);
  const [before] = await tx
    .select({ version: sealedSecrets.version })
    .from(sealedSecrets)
    .where(isSecret(owner, secret.name))
    .for("update");
  const version = (before?.version ?? 0) + 1;
  const row = {
    version,
    ciphertext: encrypt(dataKey, Buffer.from(secret.value), secretContext(owner, secret.name, version)),
    fingerprint: fingerprintOf(keys, secret.value),
    expiresAt: secret.expiresAt ?? null,
  };
  await tx
    .insert(sealedSecrets)
    .values({ ownerKind: owner.kind, ownerId: owner.id, name: secret.name, ...row })
    .onConflictDoUpdate({
      target: [sealedSecrets.ownerKind, sealedSecrets.ownerId, sealedSecrets.name],
      set: row,
    });
}

export async function findSecret(
  tx: SystemTransaction,
  keys: SealKeys,
  owner: SealedOwner,
  name: string,
): Promise<Opened | null> {
  const [row] = await tx.select().from(sealedSecrets).where(isSecret(owner, name));
  if (!row) return null;
  const dataKey = await getDataKey(tx, keys, owner);
  return {
    value: decrypt(dataKey, row.ciphertext, secretContext(owner, name, row.version)).toString(),
    expiresAt: row.expiresAt,
  };
}

/** All secrets of an owner, opened, by name. */
export async function openSecrets(
  tx: SystemTransaction,
  keys: SealKeys,
  owner: SealedOwner,
): Promise<Record<string, string>> {
  const rows = await tx
    .select()
    .from(sealedSecrets)
    .where(and(eq(sealedSecrets.ownerKind, owner.kind), eq(sealedSecrets.ownerId, owner.id)));
  if (rows.length === 0) return {};
  const dataKey = await getDataKey(tx, keys, owner);
  return Object.fromEntries(
    rows.map((row) => [
      row.name,
      decrypt(dataKey, row.ciphertext, secretContext(owner, row.name, row.version)).toString(),
    ]),
  );
}

export async function dropSecret(tx: SystemTransaction, owner: SealedOwner, name: string): Promise<void> {
  await tx.delete(sealedSecrets).where(isSecret(owner, name));
}

/** Removes the rows and the data key: after this nobody can open what was here. */
export async function destroySecrets(tx: SystemTransaction, owner: SealedOwner): Promise<void> {
  await tx
    .delete(sealedSecrets)
    .where(and(eq(sealedSecrets.ownerKind, owner.kind), eq(sealedSecrets.ownerId, owner.id)));
  await destroyDataKey(tx, owner);
}
