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

/** A delivery that takes rows, with what is needed to check and seal them. */
export type OpenDelivery = { id: string; target: DeliveryTarget; data: ConnectionData };

type Opening = {
  connectionId: string;
  entity: EntityId;
  door: Door;
  /** The person or the API key that sends it; null for what comes by itself. */
  sentBy: string | null;
};

/**
 * Begins a delivery: nothing of it is queued before `closeDelivery`. Throws `not_found` without such a connection or entity,
 * and `gone` for a connection that has ended.
 */
export async function openDelivery(
  tx: DoorTransaction,
  keys: { rings: Pick<KeyRings, "gateway"> },
  { connectionId, entity, door, sentBy }: Opening,
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
  return { id, target, data };
}
