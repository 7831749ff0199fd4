import { createHash } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import ssh2 from "ssh2";
import { uuidv7 } from "uuidv7";
import { dataKeys, intakeHostKeys, sealedSecrets } from "@/db/schema";
import { decrypt } from "@/lib/platform/seal/cipher";
import { unwrapDataKey } from "@/lib/platform/seal/data-key";
import { secretContext, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { asIntake, type IntakeContext } from "../door/context";

const NAME = "host_key";

/** As `ssh-keygen -l` prints it, of a key's blob. */
export const fingerprintOfKey = (blob: Buffer): string =>
  `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;

/** The library now and then writes a key that it cannot read again (seen with 1.17.0): such a pair is thrown away. */
export function makeKeyPair(): { public: string; private: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519", { comment: "kytkin" });
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}

/**
 * Makes the host key at the first start of a worker. All intake processes show the oldest one, so that two workers which start
 * together show one key too; it lives as long as the installation, since clients remember it.
 */
export async function ensureHostKey(context: WorkerContext): Promise<void> {
  const keys = makeKeyPair();
  const [type = "", body = ""] = keys.public.split(" ");
  await asSystem(context, "keep host key", async (tx) => {
    const [existing] = await tx.select({ id: intakeHostKeys.id }).from(intakeHostKeys).limit(1);
    if (existing) return;
    const id = uuidv7();
    const fingerprint = fingerprintOfKey(Buffer.from(body, "base64"));
    await tx.insert(intakeHostKeys).values({ id, publicKey: `${type} ${body}`, fingerprint });
    await storeSecret(tx, context.keys, { kind: "intake_host", id }, { name: NAME, value: keys.private });
  });
}

/** The private half; null while no worker has made it. */
export function openHostKey(
  context: IntakeContext,
): Promise<{ privateKey: string; fingerprint: string } | null> {
  return asIntake(context, null, async (tx) => {
    const [host] = await tx.select().from(intakeHostKeys).orderBy(asc(intakeHostKeys.id)).limit(1);
    if (!host) return null;
    const owner = { kind: "intake_host", id: host.id } as const;
    const [dataKey] = await tx
      .select()
      .from(dataKeys)
      .where(and(eq(dataKeys.ownerKind, owner.kind), eq(dataKeys.ownerId, owner.id)));
    const [secret] = await tx
      .select()
      .from(sealedSecrets)
      .where(and(eq(sealedSecrets.ownerKind, owner.kind), eq(sealedSecrets.ownerId, owner.id)));
    if (!dataKey || !secret) return null;
    const key = unwrapDataKey(context.keys, dataKey);
    const plain = decrypt(key, secret.ciphertext, secretContext(owner, secret.name, secret.version));
    return { privateKey: plain.toString(), fingerprint: host.fingerprint };
  });
}
