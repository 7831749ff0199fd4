import { z } from "zod";
import type { SystemTransaction } from "@/db/scope";
import { dropSecret, findSecret, storeSecret } from "@/lib/platform/seal/secrets";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** What an authorization-code sign-in sent along and has to prove when its code is redeemed. */
const sealedAttempt = z.object({ nonce: z.string(), codeVerifier: z.string() });
export type SealedAttempt = z.infer<typeof sealedAttempt>;

/** Its name beside the grant's keys. */
const NAME = "sign_in_attempt";

export async function sealAttempt(
  tx: SystemTransaction,
  context: WorkerContext,
  grantId: string,
  attempt: SealedAttempt,
): Promise<void> {
  const value = JSON.stringify(attempt);
  await storeSecret(tx, context.keys, { kind: "grant", id: grantId }, { name: NAME, value });
}

/** null when it was redeemed already, or never made. */
export async function findAttempt(
  tx: SystemTransaction,
  context: WorkerContext,
  grantId: string,
): Promise<SealedAttempt | null> {
  const sealed = await findSecret(tx, context.keys, { kind: "grant", id: grantId }, NAME);
  return sealed ? sealedAttempt.parse(JSON.parse(sealed.value)) : null;
}

export async function dropAttempt(tx: SystemTransaction, grantId: string): Promise<void> {
  await dropSecret(tx, { kind: "grant", id: grantId }, NAME);
}
