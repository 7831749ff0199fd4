import { and, eq } from "drizzle-orm";
import { entitySettings } from "@/db/schema";
import { fenceCalls } from "@/lib/connection/lifecycle/fence";
import { type LoadedConnection, loadConnection } from "@/lib/connection/lifecycle/load-connection";
import { summarizePrepared } from "@/lib/connection/preparation/queries";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { Entity, EntityId, WriteInput } from "@/lib/connectors/entity";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { findConnectionData } from "@/lib/platform/seal/connection-data";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { coversRights } from "./covers-rights";
import { findWritten, isUnderWay } from "./find-written";
import type { Lease } from "./lease";
import { readSettings } from "./load-target";
import type { Row, Work } from "./move-row";
import { hashKey, markOf } from "./sealed-row";

/** What a pump works with for one connection, while it has the lease of its queue. */
export type Session = {
  context: WorkerContext;
  lease: Lease;
  work: Work;
  connection: LoadedConnection;
  key: HeldKey;
  vendor: ConnectorContext;
  findEntity(id: EntityId): Entity | null;
  /** Whether the accepted version of the integration asks for what a write of the entity needs. */
  isWithinRights(entity: Entity): boolean;
  /** null while a choice is missing. Read once a session. */
  getSettings(entity: Entity): Promise<Record<string, unknown> | null>;
  /** Read once a session: rows are not written before the preparation has ended, and wait while it is done again. */
  getPrepared(): Promise<unknown>;
};

/** null when the connection has no data key: nothing of it can be read, and nothing is to be written. */
export async function openSession(
  context: WorkerContext,
  connectionId: string,
  lease: Lease,
): Promise<Session | null> {
  const connection = await loadConnection(context, connectionId);
  const data = await asSystem(context, "open connection data", (tx) =>
    findConnectionData(tx, context.keys, connectionId),
  );
  if (data === null || connection.secret === null) return null;
  const { connector, vendor } = await createConnectorContext(
    context,
    connection.vendorApplicationId,
    connection.accountId,
  );
  const { entities = {} } = connector;
  const owner = { connectionId, partnerId: connection.partnerId, accountId: connection.accountId };
  let prepared: Promise<unknown> | undefined;
  const readPrepared = async (): Promise<unknown> => {
    const { prepare } = connector;
    return (
      prepare && asSystem(context, "read preparation", (tx) => summarizePrepared(tx, connectionId, prepare))
    );
  };
  const chosen = new Map<EntityId, Promise<Record<string, unknown> | null>>();
  const readChosen = async (entity: Entity): Promise<Record<string, unknown> | null> => {
    const [row] = await asSystem(context, "read settings", (tx) =>
      tx
        .select()
        .from(entitySettings)
        .where(and(eq(entitySettings.connectionId, connectionId), eq(entitySettings.entity, entity.id))),
    );
    return readSettings(entity, row?.settings ?? null);
  };
  return {
    context,
    lease,
    work: { owner, data },
    connection,
    key: { subject: { kind: "connection", connectionId }, secret: connection.secret },
    // A process that was frozen or cut off may have lost its lease: another one works on the queue then.
    vendor: fenceCalls(context, vendor, { connectionId, work: "write", isHeld: () => lease.isHeld() }),
    findEntity: (id) => (Object.hasOwn(entities, id) ? (entities[id] ?? null) : null),
    isWithinRights: (entity) => coversRights(connector.manifest.rights, entity, connection.asked),
    getSettings: (entity) => {
      const known = chosen.get(entity.id) ?? readChosen(entity);
      chosen.set(entity.id, known);
      return known;
    },
    getPrepared: () => {
      prepared ??= readPrepared();
      return prepared;
    },
  };
}

/** What a connector's verbs get for a row. */
export async function makeInput(
  { context, work, getPrepared }: Session,
  row: Row,
  parsed: { row: Record<string, unknown>; settings: Record<string, unknown> },
): Promise<WriteInput> {
  const find = (keyHash: string) =>
    asSystem(context, "find what was written", (tx) => findWritten(tx, work, keyHash));
  const written = row.keyHash === null ? null : await find(row.keyHash);
  return {
    ...parsed,
    written: written?.record ?? null,
    findWritten: async (key, entity = row.entity) =>
      (await find(hashKey(work.data, entity, key)))?.record ?? null,
    isUnderWay: (key, entity = row.entity) =>
      asSystem(context, "look for a row under way", (tx) =>
        isUnderWay(tx, work, hashKey(work.data, entity, key)),
      ),
    mark: markOf(work.data),
    prepared: await getPrepared(),
  };
}
