import { and, eq } from "drizzle-orm";
import { connections, entitySettings, integrations } from "@/db/schema";
import type { DoorTransaction } from "@/db/scope";
import type { AttentionCause, ConnectionState } from "@/lib/connection/lifecycle/schema";
import type { Entity, EntityId } from "@/lib/connectors/entity";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";

/** Whose rows they are, by the columns that every table of deliveries repeats. */
export type Owner = { connectionId: string; partnerId: string; accountId: string };

export type DeliveryTarget = {
  owner: Owner;
  state: ConnectionState;
  attention: AttentionCause | null;
  vendorApplicationId: string;
  entity: Entity;
  /** null: a choice that the entity cannot do without was not made yet. */
  settings: Record<string, unknown> | null;
};

/** Where rows of an entity go. Throws `not_found` without such a connection, or when its connector has no such entity. */
export async function loadTarget(
  tx: DoorTransaction,
  connectionId: string,
  entityId: EntityId,
): Promise<DeliveryTarget> {
  const [row] = await tx
    .select({
      partnerId: connections.partnerId,
      accountId: connections.accountId,
      state: connections.state,
      attention: connections.attention,
      connector: integrations.connector,
      vendorApplicationId: integrations.vendorApplicationId,
      settings: entitySettings.settings,
    })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .leftJoin(
      entitySettings,
      and(eq(entitySettings.connectionId, connections.id), eq(entitySettings.entity, entityId)),
    )
    .where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  const { entities = {} } = getConnector(row.connector);
  const entity = Object.hasOwn(entities, entityId) ? entities[entityId] : undefined;
  if (!entity) throw new AppError("not_found", `entity ${entityId}`);
  const { partnerId, accountId, state, attention } = row;
  return {
    owner: { connectionId, partnerId, accountId },
    state,
    attention,
    vendorApplicationId: row.vendorApplicationId,
    entity,
    settings: readSettings(entity, row.settings),
  };
}

/** The choices by the entity's schema; null when one is missing or no longer fits. */
export function readSettings(
  entity: Entity,
  chosen: Readonly<Record<string, string>> | null,
): Record<string, unknown> | null {
  const read = entity.settings.safeParse(chosen ?? {});
  return read.success ? read.data : null;
}
