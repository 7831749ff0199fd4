import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { connectionPreparations, connections, integrations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { openPreparation } from "./open-preparation";
import { holdUp } from "./prepare-connection";

/** Each transaction holds up a few connections: the vendors' limits take their preparations one after the other anyway. */
const BATCH = 100;

/**
 * Begins the preparation of connections that were active before their connector prepared anything. A worker asks once, when it
 * starts: only a new version of the product makes such connections, and their daily check would be up to a day away. Returns
 * how many.
 */
export async function prepareActiveConnections(context: WorkerContext): Promise<number> {
  let opened = 0;
  for (let last = BATCH; last === BATCH; opened += last)
    last = await asSystem(context, "prepare active connections", openBatch);
  if (opened > 0) context.log.info({ opened }, "preparing connections that an older version had activated");
  return opened;
}

async function openBatch(tx: SystemTransaction): Promise<number> {
  const preparing = CONNECTOR_IDS.filter((id) => getConnector(id).prepare !== undefined);
  const found = await tx
    .select({
      id: connections.id,
      partnerId: connections.partnerId,
      accountId: connections.accountId,
      environmentId: connections.environmentId,
      connector: integrations.connector,
    })
    .from(connections)
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .leftJoin(connectionPreparations, eq(connectionPreparations.connectionId, connections.id))
    .where(
      and(
        inArray(integrations.connector, preparing),
        eq(connections.state, "active"),
        isNull(connectionPreparations.connectionId),
      ),
    )
    .orderBy(asc(connections.id))
    .limit(BATCH)
    // Two workers that start at once take different ones.
    .for("update", { of: connections, skipLocked: true });
  for (const connection of found) {
    await openPreparation(tx, { ...connection, isActivating: false });
    await holdUp(tx, connection.id, new Date());
  }
  return found.length;
}
