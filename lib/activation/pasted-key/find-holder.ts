import { and, eq, inArray, ne, or, sql } from "drizzle-orm";
import { activations, connections, sealedSecrets } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import { isKeyOfConnection } from "@/lib/platform/seal/key-rows";
import { fingerprintOf } from "@/lib/platform/seal/secrets";
import type { WorkerContext } from "@/lib/platform/worker-context";
import type { LoadedKey } from "./load-pasted-key";
import type { PastedKeyFinding, PastedKeyRefusal } from "./schema";

type Holding = { refusal: PastedKeyRefusal; finding: PastedKeyFinding };

/**
 * Who has this key, or its company for the integration, already: a live connection with the very key, whatever integration
 * it is of, or an activation that occupies the environment. A connection that is being ended has its key only as long as its
 * environment is occupied too: until then the vendor may remove the key. Null when nobody has it, the recovered activation
 * aside. Of another account nothing is said but that it is so.
 */
export async function findHolder(
  tx: SystemTransaction,
  context: WorkerContext,
  { pasted, integrationId }: LoadedKey,
  { secret, externalId }: { secret: string; externalId: string },
): Promise<Holding | null> {
  const [holder] = await tx
    .select({
      accountId: activations.accountId,
      requestId: activations.requestId,
      state: activations.state,
    })
    .from(activations)
    .leftJoin(
      connections,
      and(eq(connections.activationId, activations.id), ne(connections.state, "removed")),
    )
    .leftJoin(sealedSecrets, isKeyOfConnection)
    .where(
      and(
        pasted.activationId === null ? undefined : ne(activations.id, pasted.activationId),
        or(
          and(
            eq(sealedSecrets.fingerprint, fingerprintOf(context.keys, secret)),
            or(inArray(connections.state, [...LIVE_STATES]), eq(activations.isOccupying, true)),
          ),
          and(
            eq(activations.integrationId, integrationId),
            eq(activations.externalId, externalId),
            eq(activations.isOccupying, true),
          ),
        ),
      ),
    )
    .orderBy(sql`${activations.accountId} = ${pasted.accountId} desc`)
    .limit(1);
  if (!holder) return null;
  if (holder.accountId !== pasted.accountId) return { refusal: "in_use_elsewhere", finding: {} };
  const refusal = holder.state === "active" ? "in_use_here" : "in_progress_here";
  return { refusal, finding: { requestId: holder.requestId } };
}
