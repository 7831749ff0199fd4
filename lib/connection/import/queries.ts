import { and, desc, eq, ne } from "drizzle-orm";
import { imports } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { findEntitySettings } from "@/lib/connection/delivery/queries";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import type { Entity } from "@/lib/connectors/entity";
import { listColumns } from "@/lib/connectors/entity-row";
import type { RightDefinition } from "@/lib/connectors/manifest";
import { getConnector } from "@/lib/connectors/registry";
import type { ImportState, OfferedEntity } from "./schema";

type Customer = ScopedTransaction<"customer">;
type Connection = Pick<ConnectionDetails, "connectorId"> & {
  rights: readonly Pick<ConnectionDetails["rights"][number], "path" | "asked">[];
};

/** Entities whose rights the accepted version has: what nobody was asked for is not offered. */
export function listEntities({ connectorId, rights }: Connection): Entity[] {
  const { entities = {}, manifest } = getConnector(connectorId);
  const definitions = new Map(manifest.rights.map((right) => [right.path, right]));
  return Object.values(entities).filter((entity) =>
    entity.rights.every(({ path, level }) => {
      const asked = rights.find((right) => right.path === path)?.asked;
      const definition = definitions.get(path);
      return asked !== null && asked !== undefined && definition !== undefined
        ? isEnough(definition, asked, level)
        : false;
    }),
  );
}

/** Levels stand from least to most; of a limitation the lower one gives more. */
function isEnough({ levels, limits }: RightDefinition, asked: string, needed: string): boolean {
  const [has, needs] = [levels.indexOf(asked), levels.indexOf(needed)];
  return limits ? has <= needs : has >= needs;
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
