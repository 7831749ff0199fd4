import { desc } from "drizzle-orm";
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, errors, importJWK, type JWK } from "jose";
import { z } from "zod";
import { intakeKeys } from "@/db/schema";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { SealKeys } from "./data-key";
import { findSecret } from "./secrets";

/** A fresh secret agreed with the worker's public key, then AES-256-GCM. */
export const INTAKE_ALGORITHM = "ECDH-ES";

/** Name of the private half among the sealed secrets of its intake key. */
export const PRIVATE_KEY = "private_key";

/**
 * Encrypts to the worker, as a compact JWE. The content names the row that it is for: moved to another row it is worth
 * nothing. Throws `misconfigured` while no worker has ever started.
 */
export async function encryptToWorker(
  tx: ScopedTransaction<"public" | "customer" | "guest" | "partner" | "intake" | "system">,
  content: Record<string, string>,
): Promise<string> {
  const [intake] = await tx.select().from(intakeKeys).orderBy(desc(intakeKeys.id)).limit(1);
  if (!intake) throw new AppError("misconfigured", "no worker has made an intake key yet");
  const recipient = await importJWK(intake.publicKey, INTAKE_ALGORITHM);
  return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg: INTAKE_ALGORITHM, enc: "A256GCM", kid: intake.id })
    .encrypt(recipient);
}

/** What is inside, for the caller's schema; null when it was not encrypted to this worker. */
export async function decryptToWorker(
  tx: SystemTransaction,
  { keys }: { keys: SealKeys },
  sealed: string,
): Promise<unknown> {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    const id = z.uuid().safeParse(kid);
    if (!id.success) return null;
    const privateHalf = await findSecret(tx, keys, { kind: "intake_key", id: id.data }, PRIVATE_KEY);
    if (!privateHalf) return null;
    const jwk: JWK = JSON.parse(privateHalf.value);
    const { plaintext } = await compactDecrypt(sealed, await importJWK(jwk, INTAKE_ALGORITHM), {
      keyManagementAlgorithms: [INTAKE_ALGORITHM],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}
