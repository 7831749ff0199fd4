import { and, eq, inArray } from "drizzle-orm";
import { connections } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { lockKeysOf } from "@/lib/connection/lifecycle/key-holders";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import type { HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { findSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { endHolding, type GrantedKey, type KeyGrantingVendor } from "./granted-keys";

type Healing = {
  connectionId: string;
  vendorApplicationId: string;
  held: GrantedKey;
  key: HeldKey;
};
/** What the connection's own key was seen to be, and which one was tried. */
type Tried = { secret: string | null; isDead: boolean };

/**
 * An environment with a live connection was consented to once more, and the vendor issued another key. Whether it ended
 * the old one by that is not documented, so the old one is tried: if it is dead, the connection takes the new one. False
 * when the connection was ended while that was tried: then the new key is held as before, for somebody to decide about.
 */
export async function replaceDeadKey(
  context: WorkerContext,
  healing: Healing,
  keyVendor: KeyGrantingVendor,
): Promise<boolean> {
  const { connectionId } = healing;
  const secret = await asSystem(context, "open connection's key", (tx) => findKey(tx, context, connectionId));
  const isDead = secret !== null && (await isDisconnected(keyVendor, connectionId, secret));
  const outcome = await asSystem(context, "keep granted key", (tx) =>
    decide(tx, context, healing, { secret, isDead }),
  );
  // Another consent's key came first: whether that is a newer one shows when it is tried in its turn.
  if (outcome === "other_key") return replaceDeadKey(context, healing, keyVendor);
  return outcome === "decided";
}

/** The vendor was asked outside of a transaction: what was found out counts if the connection is still as it was then. */
async function decide(
  tx: SystemTransaction,
  context: WorkerContext,
  { connectionId, vendorApplicationId, held, key }: Healing,
  tried: Tried,
): Promise<"decided" | "ended" | "other_key"> {
  await lockKeysOf(tx, vendorApplicationId);
  const [live] = await tx
    .select({ attention: connections.attention })
    .from(connections)
    .where(and(eq(connections.id, connectionId), inArray(connections.state, [...LIVE_STATES])))
    .for("update");
  if (!live) return "ended";
  if ((await findKey(tx, context, connectionId)) !== tried.secret) return "other_key";
  if (tried.isDead) {
    const owner = { kind: "connection", id: connectionId } as const;
    await storeSecret(tx, context.keys, owner, { name: "api_key", value: key.secret });
    await tx.update(connections).set({ keySource: "issued" }).where(eq(connections.id, connectionId));
  }
  if (tried.isDead || live.attention === "disconnected")
    await enqueueEvent(tx, "connection/check.wanted", { connectionId });
  await endHolding(tx, held, "keep");
  return "decided";
}

async function findKey(
  tx: SystemTransaction,
  context: WorkerContext,
  connectionId: string,
): Promise<string | null> {
  const found = await findSecret(tx, context.keys, { kind: "connection", id: connectionId }, "api_key");
  return found?.value ?? null;
}

async function isDisconnected(
  { connector, vendor }: KeyGrantingVendor,
  connectionId: string,
  secret: string,
): Promise<boolean> {
  const subject = { kind: "connection", connectionId } as const;
  await vendor.tokens.drop(subject);
  try {
    await connector.consent.describeKey(vendor, { subject, secret }, []);
    return false;
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === "disconnected") return true;
    throw error;
  }
}
