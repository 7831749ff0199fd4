import { desc } from "drizzle-orm";
import { exportJWK, generateKeyPair } from "jose";
import { uuidv7 } from "uuidv7";
import { intakeKeys } from "@/db/schema";
import { findSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { INTAKE_ALGORITHM, PRIVATE_KEY } from "@/lib/platform/seal/worker-envelope";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/**
 * Makes the key pair that the web process encrypts to, when there is none that opens; two workers that start together may
 * make two, which both work. Run at the worker's start.
 */
export async function ensureIntakeKey(context: WorkerContext): Promise<void> {
  const [newest] = await asSystem(context, "find intake key", (tx) =>
    tx.select({ id: intakeKeys.id }).from(intakeKeys).orderBy(desc(intakeKeys.id)).limit(1),
  );
  if (newest && (await opens(context, newest.id))) return;
  const { publicKey, privateKey } = await generateKeyPair(INTAKE_ALGORITHM, {
    crv: "P-256",
    extractable: true,
  });
  const [publicHalf, privateHalf] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
  const id = uuidv7();
  await asSystem(context, "keep intake key", async (tx) => {
    await tx.insert(intakeKeys).values({ id, publicKey: publicHalf });
    const owner = { kind: "intake_key", id } as const;
    await storeSecret(tx, context.keys, owner, { name: PRIVATE_KEY, value: JSON.stringify(privateHalf) });
  });
}

/** Its private half may have been sealed under a key-encryption key that is lost. */
async function opens(context: WorkerContext, id: string): Promise<boolean> {
  try {
    const found = await asSystem(context, "open intake key", (tx) =>
      findSecret(tx, context.keys, { kind: "intake_key", id }, PRIVATE_KEY),
    );
    return found !== null;
  } catch (error) {
    context.log.warn({ intakeKeyId: id, err: error }, "the intake key does not open; a new one is made");
    return false;
  }
}
