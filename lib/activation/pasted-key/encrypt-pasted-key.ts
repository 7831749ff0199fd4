import { desc } from "drizzle-orm";
import { CompactEncrypt, importJWK } from "jose";
import { intakeKeys } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { INTAKE_ALGORITHM } from "./ensure-intake-key";
import type { PastedContent } from "./schema";

/**
 * Encrypts what was pasted, or the code of a login, so that only the worker can read it, as a compact JWE. The row that it is for is inside: moved to
 * another row it is worth nothing. Throws `misconfigured` while no worker has ever started.
 */
export async function encryptPastedKey(
  tx: ScopedTransaction<"customer" | "guest" | "system">,
  pastedKeyId: string,
  content: PastedContent,
): Promise<string> {
  const [intake] = await tx.select().from(intakeKeys).orderBy(desc(intakeKeys.id)).limit(1);
  if (!intake) throw new AppError("misconfigured", "no worker has made an intake key yet");
  const recipient = await importJWK(intake.publicKey, INTAKE_ALGORITHM);
  return new CompactEncrypt(Buffer.from(JSON.stringify({ pastedKeyId, ...content })))
    .setProtectedHeader({ alg: INTAKE_ALGORITHM, enc: "A256GCM", kid: intake.id })
    .encrypt(recipient);
}
