import { inArray } from "drizzle-orm";
import { activations } from "@/db/schema";
import { createConnection } from "@/lib/connection/create-connection";
import { endHolding, type GrantedKey, listHeldKeys, openGrantedKey } from "@/lib/grant/granted-keys";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import type { SystemTransaction } from "@/lib/seal/data-key";
import { isLiveApiKey } from "@/lib/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { lockRequest } from "./lock-request";
import { activationMachine } from "./rules";
import { failWithoutKey } from "./store-credentials";

type Activation = typeof activations.$inferSelect;

/**
 * Where the consent issued the keys, the decision needs no call to the vendor: each approved environment's key moves to
 * its connection, and what is left of the grant is given back in the background. One transaction; may run twice.
 */
export async function activateGrantedKeys(context: WorkerContext, requestId: string): Promise<void> {
  await asSystem(context, "activate granted keys", async (tx) => {
    const request = await lockRequest(tx, requestId);
    const approved = request.activations.filter(({ state }) => state === "approved");
    await start(tx, approved);
    const held = new Map((await listHeldKeys(tx, request.grantId)).map((key) => [key.externalId, key]));
    const withoutKey: string[] = [];
    for (const activation of approved) {
      const isMoved = await moveKey(tx, context, activation, held.get(activation.externalId));
      if (!isMoved) withoutKey.push(activation.id);
    }
    await failWithoutKey(tx, withoutKey);
    await enqueueEvent(tx, "grant/release.wanted", { grantId: request.grantId });
  });
}

async function start(tx: SystemTransaction, approved: readonly Activation[]): Promise<void> {
  if (approved.length === 0) return;
  const ids = approved.map(({ id }) => id);
  const state = activationMachine.advance("approved", "start");
  await tx.update(activations).set({ state, stateSince: new Date() }).where(inArray(activations.id, ids));
}

/** False when there is no key, or another integration's connection has this very one: at the vendor they are the same. */
async function moveKey(
  tx: SystemTransaction,
  context: WorkerContext,
  activation: Activation,
  held: GrantedKey | undefined,
): Promise<boolean> {
  if (!held) return false;
  const { secret } = await openGrantedKey(tx, context, held);
  if (await isLiveApiKey(tx, context.keys, secret)) return false;
  await createConnection(tx, context, activation, secret);
  await endHolding(tx, held, "activate");
  return true;
}
