import { notFound } from "next/navigation";
import { describeFields } from "@/lib/connectors/field-reference";
import { loadForDeliveries } from "../deliveries/load-deliveries";

/** The fields of everything that a connection may write; a 404 where that is nothing. */
export async function loadFields(id: string) {
  const { connection, entities } = await loadForDeliveries(id);
  if (entities.length === 0) notFound();
  return {
    connector: { id: connection.connectorId, name: connection.connectorName },
    entities: entities.map((entity) => ({ id: entity.id, fields: describeFields(entity) })),
  };
}
