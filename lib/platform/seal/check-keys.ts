import { and, count, desc, eq, inArray } from "drizzle-orm";
import { dataKeys, sealedSecrets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import {
  KEY_RINGS,
  type KeyRing,
  kindsOf,
  nameOfKey,
  RING_OF,
  RING_SETTING,
  type SealedOwner,
  type SealKeys,
  unwrapDataKey,
} from "./data-key";
import { fingerprintOf, openSecrets } from "./secrets";

/** A key-encryption key that data keys are wrapped by and that is not at hand, with how many owners that closes. */
export type Unopenable = {
  ring: KeyRing;
  keyId: string;
  /** `absent`: not in the list. `different`: the list has other bytes under this name. */
  why: "absent" | "different";
  owners: { kind: SealedOwner["kind"]; count: number }[];
};

/** How many of the newest secrets are looked at to tell whether the fingerprints' key is the one they were made with. */
const FINGERPRINTS_TRIED = 20;

/** Which key-encryption keys are missing, by trying one data key of each. Empty: everything opens. */
export async function listUnopenable(tx: SystemTransaction, keys: SealKeys): Promise<Unopenable[]> {
  const used = await tx
    .select({ keyId: dataKeys.keyEncryptionKeyId, kind: dataKeys.ownerKind, count: count() })
    .from(dataKeys)
    .groupBy(dataKeys.keyEncryptionKeyId, dataKeys.ownerKind)
    .orderBy(dataKeys.keyEncryptionKeyId);
  const unopenable: Unopenable[] = [];
  for (const ring of KEY_RINGS) {
    const ofRing = used.filter((row) => RING_OF[row.kind] === ring);
    for (const keyId of new Set(ofRing.map((row) => row.keyId))) {
      const why = await findTrouble(tx, keys, ring, keyId);
      if (!why) continue;
      const ofKey = ofRing.filter((row) => row.keyId === keyId);
      const owners = ofKey.map((row) => ({ kind: row.kind, count: row.count }));
      unopenable.push({ ring, keyId, why, owners });
    }
  }
  return unopenable;
}

async function findTrouble(
  tx: SystemTransaction,
  keys: SealKeys,
  ring: KeyRing,
  keyId: string,
): Promise<Unopenable["why"] | null> {
  if (!keys.rings[ring].some((key) => key.id === keyId)) return "absent";
  const [newest] = await tx
    .select()
    .from(dataKeys)
    .where(and(eq(dataKeys.keyEncryptionKeyId, keyId), inArray(dataKeys.ownerKind, kindsOf(ring))))
    .orderBy(desc(dataKeys.createdAt))
    .limit(1);
  try {
    if (newest) unwrapDataKey(keys, newest);
    return null;
  } catch {
    return "different";
  }
}

const OWNER_WORDS: Record<SealedOwner["kind"], string> = {
  vendor_application: "vendor application(s)",
  application_trial: "change(s) of a vendor application",
  grant: "consent(s)",
  connection: "connection(s)",
  intake_key: "intake key(s)",
  connection_data: "connection(s) with data",
  evidence_key: "evidence key(s)",
  connection_intake: "connection(s) with result files",
  intake_host: "host key(s) of sFTP",
  connection_export: "export(s) of a connection",
};

/** In words for the person who runs the installation: how many owners, none by name. */
export function describeUnopenable(missing: readonly Unopenable[]): string {
  return missing
    .map(({ ring, keyId, why, owners }) => {
      const setting = RING_SETTING[ring];
      const trouble =
        why === "absent" ? `is not in ${setting}` : `in ${setting} is another one than was used before`;
      const counts = owners.map((owner) => `${owner.count} ${OWNER_WORDS[owner.kind]}`);
      return `Key-encryption key "${keyId}" ${trouble}: the secrets of ${counts.join(" and ")} do not open.`;
    })
    .join("\n");
}

/** Whether stored fingerprints were made with this hash key; true when there are none. */
async function knowsFingerprints(tx: SystemTransaction, keys: SealKeys): Promise<boolean> {
  const newest = await tx
    .select()
    .from(sealedSecrets)
    .orderBy(desc(sealedSecrets.createdAt), desc(sealedSecrets.id))
    .limit(FINGERPRINTS_TRIED);
  for (const row of newest) {
    const owner = { kind: row.ownerKind, id: row.ownerId };
    const opened = await openSecrets(tx, keys, owner);
    if (fingerprintOf(keys, opened[row.name] ?? "") === row.fingerprint) return true;
  }
  return newest.length === 0;
}

/**
 * Called when the worker starts: refuses to work with keys that do not open what is stored, since every activation would
 * fail for good at its first use. `lostKeyIds` names those that are known to be lost: what they close is logged, and the
 * rest works.
 */
export async function assertKeysOpen(context: WorkerContext, lostKeyIds: readonly string[]): Promise<void> {
  const missing = await asSystem(context, "check keys", (tx) => listUnopenable(tx, context.keys));
  const unexpected = missing.filter((key) => !lostKeyIds.includes(nameOfKey(key.ring, key.keyId)));
  const settings = new Set(unexpected.map((key) => RING_SETTING[key.ring]));
  if (unexpected.length > 0)
    throw new Error(
      `${describeUnopenable(unexpected)}\nPut it back into ${[...settings].join(" and ")}. If it is lost for good, say so with ` +
        `KYTKIN_LOST_KEYS=${unexpected.map((key) => nameOfKey(key.ring, key.keyId)).join(",")}: see docs/operations/keys.md.`,
    );
  if (missing.length > 0) context.log.error({ missing }, "secrets are closed for good: their key is lost");
  else if (!(await asSystem(context, "check hash key", (tx) => knowsFingerprints(tx, context.keys))))
    throw new Error(
      "KYTKIN_HASH_KEY is not the one that the stored fingerprints were made with. Put the earlier one back, or run " +
        "npm run keys:rotate -- --fingerprints while no worker runs: see docs/operations/keys.md.",
    );
}
