import { and, eq } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  entitySettings,
  integrations,
  specifications,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { readContent } from "@/lib/catalogue/integration/read-content";
import type { AttentionCause, ConnectionState } from "@/lib/connection/lifecycle/schema";
import type { Entity, EntityId } from "@/lib/connectors/entity";
import { pickWithinRights } from "@/lib/connectors/entity-rights";
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

/**
 * Where rows of an entity go. Throws `not_found` without such a connection, when its connector has no such entity, or when the
 * version of the integration that the customer accepted does not ask for the rights that writing it needs.
 */
export async function loadTarget(
  tx: SystemTransaction,
  connectionId: string,
  entityId: EntityId,
): Promise<DeliveryTarget> {
  const [row] = await tx
    .select({
      connection: connections,
      connector: integrations.connector,
      vendorApplicationId: integrations.vendorApplicationId,
      settings: entitySettings.settings,
      content: specifications.content,
    })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(activationRequests, eq(activationRequests.id, activations.requestId))
    .innerJoin(specifications, eq(specifications.id, activationRequests.specificationId))
    .leftJoin(
      entitySettings,
      and(eq(entitySettings.connectionId, connections.id), eq(entitySettings.entity, entityId)),
    )
    .where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  const entities = pickWithinRights(
    getConnector(row.connector),
    readContent(row.content).technicalUser.rights,
  );
  const entity = Object.hasOwn(entities, entityId) ? entities[entityId] : undefined;
  if (!entity) throw new AppError("not_found", `entity ${entityId}`);
  const { partnerId, accountId, state, attention } = row.connection;
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
