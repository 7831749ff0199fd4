import { compactDecrypt, decodeProtectedHeader, errors, importJWK, type JWK } from "jose";
import { z } from "zod";
import type { SystemTransaction } from "@/db/scope";
import { findSecret } from "@/lib/platform/seal/secrets";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { INTAKE_ALGORITHM, PRIVATE_KEY } from "./ensure-intake-key";
import { type PastedContent, pastedContent } from "./schema";

const ofRow = z.object({ pastedKeyId: z.uuid() });

/** What is inside, or null when it was not encrypted to this worker or not for this row. */
export async function decryptPastedKey(
  tx: SystemTransaction,
  context: WorkerContext,
  pastedKeyId: string,
  sealedKey: string,
): Promise<PastedContent | null> {
  try {
    const { kid } = decodeProtectedHeader(sealedKey);
    const id = z.uuid().safeParse(kid);
    if (!id.success) return null;
    const owner = { kind: "intake_key", id: id.data } as const;
    const privateHalf = await findSecret(tx, context.keys, owner, PRIVATE_KEY);
    if (!privateHalf) return null;
    const jwk: JWK = JSON.parse(privateHalf.value);
    const { plaintext } = await compactDecrypt(sealedKey, await importJWK(jwk, INTAKE_ALGORITHM), {
      keyManagementAlgorithms: [INTAKE_ALGORITHM],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    const opened = ofRow.and(pastedContent).safeParse(JSON.parse(new TextDecoder().decode(plaintext)));
    return opened.success && opened.data.pastedKeyId === pastedKeyId ? opened.data : null;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}
