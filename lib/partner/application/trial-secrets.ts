import { z } from "zod";
import type { ScopedTransaction, SystemTransaction } from "@/db/scope";
import { openSecrets, storeSecret } from "@/lib/platform/seal/secrets";
import { decryptToWorker, encryptToWorker } from "@/lib/platform/seal/worker-envelope";
import type { WorkerContext } from "@/lib/platform/worker-context";

const PREFIX = "secret.";
const opened = z.looseObject({ trialId: z.uuid() });

/** The new secrets of a trial for its row: encrypted to the worker, and bound to the row. */
export function encryptTrialSecrets(
  tx: ScopedTransaction<"partner">,
  trialId: string,
  secrets: Readonly<Record<string, string>>,
): Promise<string> {
  const named = Object.entries(secrets).map(([name, value]) => [`${PREFIX}${name}`, value]);
  return encryptToWorker(tx, { trialId, ...Object.fromEntries(named) });
}

/** Seals what the web process encrypted under the trial's own data key. False when it does not open. */
export async function sealTrialSecrets(
  tx: SystemTransaction,
  context: WorkerContext,
  trial: { id: string; sealed: string },
): Promise<boolean> {
  const content = opened.safeParse(await decryptToWorker(tx, context, trial.sealed));
  if (!content.success || content.data.trialId !== trial.id) return false;
  const owner = { kind: "application_trial", id: trial.id } as const;
  for (const [name, value] of Object.entries(content.data)) {
    if (!name.startsWith(PREFIX) || typeof value !== "string") continue;
    await storeSecret(tx, context.keys, owner, { name: name.slice(PREFIX.length), value });
  }
  return true;
}

/** The secrets in use, those of the trial in their place; and the trial's alone. */
export async function openTrialSecrets(
  tx: SystemTransaction,
  { keys }: WorkerContext,
  trial: { id: string; vendorApplicationId: string },
): Promise<{ all: Record<string, string>; fresh: Record<string, string> }> {
  const live = await openSecrets(tx, keys, { kind: "vendor_application", id: trial.vendorApplicationId });
  const fresh = await openSecrets(tx, keys, { kind: "application_trial", id: trial.id });
  return { all: { ...live, ...fresh }, fresh };
}
