import { and, eq, inArray, ne } from "drizzle-orm";
import { connections, offboardings, sealedSecrets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { isHeldOfConsent, lockKeysOf } from "@/lib/connection/lifecycle/key-holders";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import { blameOf } from "@/lib/connectors/blame";
import type { Connector } from "@/lib/connectors/connector";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { isKeyOfConnection } from "@/lib/platform/seal/key-rows";
import { fingerprintOf } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { closeOffboarding, freeEnvironment } from "./close-offboarding";
import { finishRound } from "./finish-round";
import type { LoadedOffboarding } from "./load-offboarding";
import { recordStep } from "./record-step";

type Vendor = { connector: Connector; vendor: ConnectorContext };

/**
 * Has the vendor remove the key, where it can and nobody else uses it. What it cannot, or refuses, is left to the
 * customer; a refusal is tried again in the next round. Passing trouble is thrown. `revoked`: the vendor says that it is
 * gone, which is believed once the key is seen to be dead.
 */
export async function removeKey(
  context: WorkerContext,
  loaded: LoadedOffboarding,
  key: HeldKey,
  { connector, vendor }: Vendor,
): Promise<"shared" | "left_to_customer" | "revoked"> {
  const isShared = await asSystem(context, "look for sharers of a key", async (tx) => {
    await lockKeysOf(tx, loaded.integration.vendorApplicationId);
    if (!(await hasSharer(tx, context, loaded, key.secret))) return false;
    await recordKeyFate(tx, loaded, "shared");
    await closeOffboarding(tx, loaded, "shared");
    // With it, or a process that dies in between leaves an asking that never gets its mails.
    await finishRound(tx, loaded);
    return true;
  });
  if (isShared) return "shared";
  if (!connector.revokeKey || loaded.isPasted) {
    await asSystem(context, "leave key to customer", async (tx) => {
      await recordKeyFate(tx, loaded, "left_to_customer");
      // Nothing more is done there by us that a new activation could suffer from.
      await freeEnvironment(tx, loaded.activationId);
    });
    return "left_to_customer";
  }
  try {
    await connector.revokeKey(vendor, key);
  } catch (error) {
    // Trouble of the partner's application is nothing that a customer can put right by hand: the next round tries again.
    if (!(error instanceof ConnectorError) || error.isRetriable || blameOf(error) === "application")
      throw error;
    context.log.error({ connectionId: loaded.connectionId, err: error }, "the vendor did not remove a key");
    await asSystem(context, "note refused removal", async (tx) => {
      await recordKeyFate(tx, loaded, "left_to_customer");
      await tx
        .update(offboardings)
        .set({ removalAnswer: error.answer })
        .where(eq(offboardings.connectionId, loaded.connectionId));
    });
    return "left_to_customer";
  }
  return "revoked";
}

/**
 * The key was there before us, or somebody else has a right to the very same one: a consent that is not decided yet, which
 * activates it or gives it back, or a live connection. Asked in this order: a key that moves from one to the other
 * meanwhile is seen with either.
 */
async function hasSharer(
  tx: SystemTransaction,
  context: WorkerContext,
  loaded: LoadedOffboarding,
  secret: string,
): Promise<boolean> {
  if (loaded.wasSetUpByHand) return true;
  if (await isHeldOfConsent(tx, context, loaded.integration.vendorApplicationId, secret)) return true;
  const [same] = await tx
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(sealedSecrets, isKeyOfConnection)
    .where(
      and(
        eq(sealedSecrets.fingerprint, fingerprintOf(context.keys, secret)),
        inArray(connections.state, [...LIVE_STATES]),
        ne(connections.id, loaded.connectionId),
      ),
    )
    .limit(1);
  return same !== undefined;
}

const STEP_OF = {
  removed: "key_removed",
  left_to_customer: "key_left_to_customer",
  shared: "key_shared",
} as const;

/** Keeps where the key stands now, and adds it to the record. */
export async function recordKeyFate(
  tx: SystemTransaction,
  loaded: LoadedOffboarding,
  keyFate: keyof typeof STEP_OF,
): Promise<void> {
  await tx
    .update(offboardings)
    .set({ keyFate, ...(keyFate === "removed" && { removalAnswer: null }) })
    .where(eq(offboardings.connectionId, loaded.connectionId));
  await recordStep(tx, loaded, STEP_OF[keyFate]);
}
