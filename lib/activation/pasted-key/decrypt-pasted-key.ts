import { z } from "zod";
import type { SystemTransaction } from "@/db/scope";
import { decryptToWorker } from "@/lib/platform/seal/worker-envelope";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { type PastedContent, pastedContent } from "./schema";

const ofRow = z.object({ pastedKeyId: z.uuid() });

/** What is inside, or null when it was not encrypted to this worker or not for this row. */
export async function decryptPastedKey(
  tx: SystemTransaction,
  context: WorkerContext,
  pastedKeyId: string,
  sealedKey: string,
): Promise<PastedContent | null> {
  const opened = ofRow.and(pastedContent).safeParse(await decryptToWorker(tx, context, sealedKey));
  return opened.success && opened.data.pastedKeyId === pastedKeyId ? opened.data : null;
}
