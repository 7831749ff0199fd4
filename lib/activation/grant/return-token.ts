import { z } from "zod";
import type { RequestTransaction } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import { decryptToWorker, encryptToWorker } from "@/lib/platform/seal/worker-envelope";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

const content = z.object({ stateHash: z.string(), token: z.string() });

/** What came back to be traded for keys, encrypted to the worker with the state that it belongs to. */
export function encryptReturnToken(tx: RequestTransaction, state: string, token: string): Promise<string> {
  return encryptToWorker(tx, { stateHash: sha256(state), token });
}

/** null when it was not encrypted to this worker, or came back with another state than the grant's. */
export async function openReturnToken(
  context: WorkerContext,
  stateHash: string | null,
  sealed: string,
): Promise<string | null> {
  const opened = await asSystem(context, "open returned token", (tx) => decryptToWorker(tx, context, sealed));
  const read = content.safeParse(opened);
  return read.success && read.data.stateHash === stateHash ? read.data.token : null;
}
