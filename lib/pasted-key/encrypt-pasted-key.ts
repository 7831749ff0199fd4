import type { ScopedTransaction } from "@/db/scope";
import { encryptToWorker } from "@/lib/seal/worker-envelope";
import type { PastedContent } from "./schema";

/** Encrypts what was pasted, or the code of a login, for its row. Throws `misconfigured` while no worker has ever started. */
export function encryptPastedKey(
  tx: ScopedTransaction<"customer"> | ScopedTransaction<"system">,
  pastedKeyId: string,
  content: PastedContent,
): Promise<string> {
  return encryptToWorker(tx, { pastedKeyId, ...content });
}
