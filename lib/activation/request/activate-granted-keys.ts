import { eq, inArray } from "drizzle-orm";
import { activations, grants } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import {
  endHolding,
  type GrantedKey,
  isMadeByHand,
  listHeldKeys,
  openGrantedKey,
} from "@/lib/activation/grant/granted-keys";
import type { KeysFrom } from "@/lib/activation/grant/schema";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { isLiveApiKey } from "@/lib/connection/lifecycle/key-holders";
import { AppError } from "@/lib/core/app-error";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { lockRequest } from "./lock-request";
import { activationMachine } from "./rules";
import { failWithoutKey } from "./store-credentials";

type Activation = typeof activations.$inferSelect;

/**
 * Where consents issued the keys, or the customer pasted one, the decision needs no call to the vendor: each approved environment's key moves to
 * its connection, and what is left of the grants is given back in the background. One transaction; may run twice. An
 * environment whose consent lapsed before has no key any more and fails alone.
 */
export async function activateGrantedKeys(
  context: WorkerContext,
  requestId: string,
  grantIds: readonly string[],
): Promise<void> {
  await asSystem(context, "activate granted keys", async (tx) => {
    const request = await lockRequest(tx, requestId);
    for (const grantId of grantIds) {
      const approved = request.activations.filter(
        (one) => one.grantId === grantId && one.state === "approved",
      );
      await start(tx, approved);
      await failWithoutKey(tx, await moveKeys(tx, context, grantId, approved));
      await enqueueEvent(tx, "grant/release.wanted", { grantId });
    }
  });
}

/** Gives the ids of the activations that there is no key for. */
async function moveKeys(
  tx: SystemTransaction,
  context: WorkerContext,
  grantId: string,
  approved: readonly Activation[],
): Promise<string[]> {
  const held = new Map((await listHeldKeys(tx, grantId)).map((key) => [key.externalId, key]));
  const keysFrom = await getKeysFrom(tx, grantId);
  const withoutKey: string[] = [];
  for (const activation of approved) {
    const key = held.get(activation.externalId);
    const isMoved = key !== undefined && (await moveKey(tx, context, activation, { key, keysFrom }));
    if (!isMoved) withoutKey.push(activation.id);
  }
  return withoutKey;
}

async function start(tx: SystemTransaction, approved: readonly Activation[]): Promise<void> {
  if (approved.length === 0) return;
  const ids = approved.map(({ id }) => id);
  const state = activationMachine.advance("approved", "start");
  await tx.update(activations).set({ state, stateSince: new Date() }).where(inArray(activations.id, ids));
}

async function getKeysFrom(tx: SystemTransaction, grantId: string): Promise<KeysFrom> {
  const [grant] = await tx.select({ keysFrom: grants.keysFrom }).from(grants).where(eq(grants.id, grantId));
  if (!grant) throw new AppError("not_found", "grant");
  return grant.keysFrom;
}

/** False when another integration's connection has this very key: at the vendor they are the same. */
async function moveKey(
  tx: SystemTransaction,
  context: WorkerContext,
  activation: Activation,
  { key, keysFrom }: { key: GrantedKey; keysFrom: KeysFrom },
): Promise<boolean> {
  const { secret } = await openGrantedKey(tx, context, key);
  if (await isLiveApiKey(tx, context.keys, secret)) return false;
  const keySource = isMadeByHand(keysFrom, key) ? "pasted" : "issued";
  await createConnection(tx, context, activation, secret, keySource);
  await endHolding(tx, key, "activate");
  return true;
}
