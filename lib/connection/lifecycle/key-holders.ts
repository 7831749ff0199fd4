import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { candidates, connections, grants, integrations, sealedSecrets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { SealKeys } from "@/lib/platform/seal/data-key";
import { isKeyOfCandidate, isKeyOfConnection } from "@/lib/platform/seal/key-rows";
import { fingerprintOf } from "@/lib/platform/seal/secrets";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { LIVE_STATES } from "./rules";

/** Whether a live connection has this very key. One that is being ended leaves it to whoever takes it. */
export async function isLiveApiKey(tx: SystemTransaction, keys: SealKeys, value: string): Promise<boolean> {
  const [same] = await tx
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(sealedSecrets, isKeyOfConnection)
    .where(
      and(
        inArray(connections.state, [...LIVE_STATES]),
        eq(sealedSecrets.fingerprint, fingerprintOf(keys, value)),
      ),
    )
    .limit(1);
  return same !== undefined;
}

/**
 * Whether a consent of this vendor application holds this very key: then the vendor issued it to us, whoever pastes it as
 * well, and it is ours to give back.
 */
export async function isHeldOfConsent(
  tx: SystemTransaction,
  context: WorkerContext,
  vendorApplicationId: string,
  secret: string,
): Promise<boolean> {
  const [held] = await tx
    .select({ id: candidates.id })
    .from(candidates)
    .innerJoin(grants, eq(grants.id, candidates.grantId))
    .innerJoin(integrations, eq(integrations.id, grants.integrationId))
    .innerJoin(sealedSecrets, isKeyOfCandidate)
    .where(
      and(
        eq(candidates.keyState, "held"),
        ne(candidates.existing, "manual"),
        eq(integrations.vendorApplicationId, vendorApplicationId),
        eq(sealedSecrets.fingerprint, fingerprintOf(context.keys, secret)),
      ),
    )
    .limit(1);
  return held !== undefined;
}

/** What is decided about keys of a vendor application is decided one after the other: two consents may hold the same key. */
export async function lockKeysOf(tx: SystemTransaction, vendorApplicationId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${vendorApplicationId}, 0))`);
}
