import type { ScopedTransaction } from "@/db/scope";
import { encryptToWorker } from "@/lib/platform/seal/worker-envelope";
import type { PastedContent } from "./schema";

/**
 * Encrypts what was pasted, or the code of a login, so that only the worker can read it, as a compact JWE. The row that it is for is inside: moved to
 * another row it is worth nothing. Throws `misconfigured` while no worker has ever started.
 */
export function encryptPastedKey(
  tx: ScopedTransaction<"customer" | "guest" | "system">,
  pastedKeyId: string,
  content: PastedContent,
): Promise<string> {
  return encryptToWorker(tx, { pastedKeyId, ...content });
}
