import { uuidv7 } from "uuidv7";
import { deliveries, deliveryQueues } from "@/db/schema";
import type { DoorTransaction } from "@/db/scope";
import { listHoldFacts } from "@/lib/connection/hold/queries";
import { findStop } from "@/lib/connection/lifecycle/permissions";
import type { EntityId } from "@/lib/connectors/entity";
import { AppError } from "@/lib/core/app-error";
import { type ConnectionData, ensureConnectionData } from "@/lib/platform/seal/connection-data";
import type { KeyRings } from "@/lib/platform/seal/data-key";
import { type DeliveryTarget, loadTarget } from "./load-target";
import type { Door } from "./schema";
import { readLastNumber } from "./unchanged-sets";

/** A delivery that takes rows, with what is needed to check and seal them. */
export type OpenDelivery = {
  id: string;
  target: DeliveryTarget;
  data: ConnectionData;
  /** Rows that have not changed are kept in sets, judged by what was written up to this number of the history; null: each is a row. */
  unchangedSince: number | null;
};

type Opening = {
  connectionId: string;
  entity: EntityId;
  door: Door;
  /** The person or the API key that sends it; null for what comes by itself. */
  sentBy: string | null;
  /** No sets: each row is kept for itself, whatever becomes of it. */
  keepsEachRow?: boolean;
};

/**
 * Begins a delivery: nothing of it is queued before `closeDelivery`. Throws `not_found` without such a connection or entity,
 * and `gone` for a connection that has ended.
 */
export async function openDelivery(
  tx: DoorTransaction,
  keys: { rings: Pick<KeyRings, "gateway"> },
  { connectionId, entity, door, sentBy, keepsEachRow = false }: Opening,
): Promise<OpenDelivery> {
  const target = await loadTarget(tx, connectionId, entity);
  const holds = await listHoldFacts(tx, connectionId);
  if (findStop("accept", target, holds, new Date())) throw new AppError("gone", "the connection has ended");
  const data = await ensureConnectionData(tx, keys, connectionId);
  const id = uuidv7();
  // A person's verdict of a row makes the queue due, also when none of its rows ever was.
  await tx
    .insert(deliveryQueues)
    .values({ ...target.owner, vendorApplicationId: target.vendorApplicationId })
    .onConflictDoNothing();
  await tx.insert(deliveries).values({ id, ...target.owner, entity, door, sentBy });
  // The other doors answer with the outcome of each row, and take few of them at once.
  const unchangedSince = door === "sftp" && !keepsEachRow ? await readLastNumber(tx, connectionId) : null;
  return { id, target, data, unchangedSince };
}
