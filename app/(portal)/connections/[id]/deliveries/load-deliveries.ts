import { notFound } from "next/navigation";
import { listEntities } from "@/lib/connection/import/queries";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import type { Entity } from "@/lib/connectors/entity";
import { loadConnection } from "../load-connection";

/** The connection of a page with what its accepted version may write. */
export async function loadForDeliveries(
  id: string,
): Promise<{ connection: ConnectionDetails; entities: Entity[] }> {
  const { connection } = await loadConnection(id);
  return { connection, entities: listEntities(connection) };
}

/** The same with one entity of it; a 404 for one that it may not write, and once it has ended. */
export async function loadEntity(
  id: string,
  entityId: string,
): Promise<{ connection: ConnectionDetails; entity: Entity }> {
  const { connection, entities } = await loadForDeliveries(id);
  const entity = entities.find((one) => one.id === entityId);
  if (!entity || !connection.canDeactivate) notFound();
  return { connection, entity };
}
