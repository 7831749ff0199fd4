import { and, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { activations, candidates, connections, grants, integrations, sealedSecrets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { lockKeysOf } from "@/lib/connection/lifecycle/key-holders";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import { isKeyOfCandidate, isKeyOfConnection } from "@/lib/platform/seal/key-rows";
import { fingerprintOf } from "@/lib/platform/seal/secrets";
import type { WorkerContext } from "@/lib/platform/worker-context";
import type { GrantedKey } from "./granted-keys";

export type OtherOwner =
  /** A live connection, or another consent that is not decided yet, has this very key: it answers for it. */
  | { kind: "same_key" }
  /** The environment has a live connection, with a key that the vendor may have replaced by this one. */
  | { kind: "connection_with_another_key"; connectionId: string }
  | { kind: "none" };

/**
 * Who else has a right to a key that is about to be given back. Removing it would end the integration for all who use
 * it in the environment, here in whatever account. Decisions about keys of one vendor application wait for each other.
 */
export async function findOtherOwner(
  tx: SystemTransaction,
  context: WorkerContext,
  vendorApplicationId: string,
  held: GrantedKey,
  secret: string,
): Promise<OtherOwner> {
  await lockKeysOf(tx, vendorApplicationId);
  const fingerprint = fingerprintOf(context.keys, secret);
  const live = await findLiveConnection(tx, vendorApplicationId, held, fingerprint);
  if (live && live.fingerprint !== fingerprint)
    return { kind: "connection_with_another_key", connectionId: live.id };
  if (live || (await isHeldElsewhere(tx, vendorApplicationId, held, fingerprint)))
    return { kind: "same_key" };
  return { kind: "none" };
}

async function findLiveConnection(
  tx: SystemTransaction,
  vendorApplicationId: string,
  held: GrantedKey,
  fingerprint: string,
): Promise<{ id: string; fingerprint: string } | null> {
  const [live] = await tx
    .select({ id: connections.id, fingerprint: sealedSecrets.fingerprint })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(sealedSecrets, isKeyOfConnection)
    .where(
      and(
        eq(integrations.vendorApplicationId, vendorApplicationId),
        inArray(connections.state, [...LIVE_STATES]),
        // Ended at the vendor by somebody there: another account's consent must not bring it back.
        or(
          isNull(connections.attention),
          ne(connections.attention, "disconnected"),
          eq(connections.accountId, held.accountId),
        ),
        or(eq(sealedSecrets.fingerprint, fingerprint), eq(activations.externalId, held.externalId)),
      ),
    )
    .orderBy(sql`${sealedSecrets.fingerprint} = ${fingerprint} desc`)
    .limit(1);
  return live ?? null;
}

/** The same key in another consent; or another key of the same environment, if that one is newer. */
async function isHeldElsewhere(
  tx: SystemTransaction,
  vendorApplicationId: string,
  held: GrantedKey,
  fingerprint: string,
): Promise<boolean> {
  const [other] = await tx
    .select({ id: candidates.id })
    .from(candidates)
    .innerJoin(grants, eq(grants.id, candidates.grantId))
    .innerJoin(integrations, eq(integrations.id, grants.integrationId))
    .innerJoin(sealedSecrets, isKeyOfCandidate)
    .where(
      and(
        eq(candidates.keyState, "held"),
        ne(candidates.id, held.id),
        eq(integrations.vendorApplicationId, vendorApplicationId),
        or(
          eq(sealedSecrets.fingerprint, fingerprint),
          and(eq(candidates.externalId, held.externalId), gt(candidates.id, held.id)),
        ),
      ),
    )
    .limit(1);
  return other !== undefined;
}
