import { and, desc, eq, ne } from "drizzle-orm";
import { imports } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { coversRights } from "@/lib/connection/delivery/covers-rights";
import { findEntitySettings } from "@/lib/connection/delivery/queries";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import type { Entity } from "@/lib/connectors/entity";
import { listColumns } from "@/lib/connectors/entity-row";
import { getConnector } from "@/lib/connectors/registry";
import type { ImportState, OfferedEntity } from "./schema";

type Customer = ScopedTransaction<"customer">;
type Connection = Pick<ConnectionDetails, "connectorId"> & {
  rights: readonly Pick<ConnectionDetails["rights"][number], "path" | "asked">[];
};

/** Entities whose rights the accepted version has: what nobody was asked for is not offered. */
export function listEntities({ connectorId, rights }: Connection): Entity[] {
  const { entities = {}, manifest } = getConnector(connectorId);
  const accepted = rights.map(({ path, asked }) => ({ path, level: asked }));
  return Object.values(entities).filter((entity) => coversRights(manifest.rights, entity, accepted));
}

export function toOffered({ id, schema, keyField }: Entity): OfferedEntity {
  return { id, keyField, columns: listColumns(schema) };
}

/** The choices of the customer for an entity by its schema; null when one is missing. */
export async function readChosen(
  tx: Customer,
  connectionId: string,
  entity: Entity,
): Promise<Record<string, unknown> | null> {
  const chosen = await findEntitySettings(tx, connectionId, entity.id);
  const read = entity.settings.safeParse(chosen?.settings ?? {});
  return read.success ? read.data : null;
}

/** Files that the worker has not made a delivery of. */
export async function listOpenImports(
  tx: Customer,
  connectionId: string,
): Promise<{ id: string; entity: string; fileName: string; rowCount: number; state: ImportState }[]> {
  return tx
    .select({
      id: imports.id,
      entity: imports.entity,
      fileName: imports.fileName,
      rowCount: imports.rowCount,
      state: imports.state,
    })
    .from(imports)
    .where(and(eq(imports.connectionId, connectionId), ne(imports.state, "delivered")))
    .orderBy(desc(imports.id))
    .limit(10);
}
