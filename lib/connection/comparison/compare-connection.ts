import { and, asc, eq, exists, gt, gte, inArray, lt, not, sql } from "drizzle-orm";
import { comparisons, connections, deliveryRows, writtenRecords } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { coversRights } from "@/lib/connection/delivery/covers-rights";
import { openWritten } from "@/lib/connection/delivery/sealed-row";
import { fenceCalls } from "@/lib/connection/lifecycle/fence";
import { loadConnection } from "@/lib/connection/lifecycle/load-connection";
import { findStop } from "@/lib/connection/lifecycle/permissions";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import type { Comparable, Entity, VendorRecord } from "@/lib/connectors/entity";
import { ConnectorError } from "@/lib/connectors/errors";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { type ConnectionData, findConnectionData } from "@/lib/platform/seal/connection-data";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { AGAIN_AFTER_MS, COMPARED_MS, countPair, noCounts, outcomeOf } from "./rules";
import type { ComparisonOutcome, Finding } from "./schema";

/** Connections of one run; the next one, an hour later, goes on. */
const MOST_CONNECTIONS = 500;
const AT_ONCE = 500;
/** Records that are not in the vendor's list and are asked for one by one. */
const MOST_ASKED = 200;
const MOST_FINDINGS = 1000;

/** Connections that wrote something to compare and were not compared within a day. */
export async function listDue(context: Pick<WorkerContext, "database">, now: Date): Promise<string[]> {
  const compared = CONNECTOR_IDS.flatMap((id) =>
    Object.values(getConnector(id).entities ?? {}).flatMap((one) => (one.compare ? [one.id] : [])),
  );
  const rows = await asSystem(context, "list connections to compare", (tx) => {
    // Of a connection's records one is enough: as `exists` the planner reads all that were written of all connections.
    const written = tx
      .select({ one: sql`true` })
      .from(writtenRecords)
      .where(
        and(
          eq(writtenRecords.connectionId, connections.id),
          inArray(writtenRecords.entity, compared),
          gte(writtenRecords.writtenAt, new Date(now.getTime() - COMPARED_MS)),
        ),
      )
      .limit(1);
    const today = tx
      .select({ one: sql`1` })
      .from(comparisons)
      .where(
        and(
          eq(comparisons.connectionId, connections.id),
          gt(comparisons.comparedAt, new Date(now.getTime() - AGAIN_AFTER_MS)),
        ),
      );
    return (
      tx
        .select({ id: connections.id })
        .from(connections)
        .where(and(inArray(connections.state, LIVE_STATES), not(exists(today)), sql`(${written})`))
        // Each hour in another order: paused connections, which stay due, keep no other connection out.
        .orderBy(sql`md5(${connections.id}::text || ${now.toISOString().slice(0, 13)}::text)`)
        .limit(MOST_CONNECTIONS)
    );
  });
  return rows.map(({ id }) => id);
}

type Owner = { connectionId: string; partnerId: string; accountId: string };
type Work = {
  context: WorkerContext;
  vendor: ConnectorContext;
  key: HeldKey;
  owner: Owner;
  data: ConnectionData;
  since: Date;
  /** Records that were written later are not in the vendor's list, which is asked for at this time. */
  until: Date;
};

/**
 * Compares what was written for each entity with what the vendor has, and keeps a report of each. May be repeated. A connection that is
 * paused, has ended or has no usable key is left alone. Gives the outcomes by entity.
 */
export async function compareConnection(
  context: WorkerContext,
  connectionId: string,
): Promise<Record<string, ComparisonOutcome>> {
  const connection = await loadConnection(context, connectionId);
  const now = new Date();
  const stop = findStop("sync", connection, connection.holds, now);
  const data = await asSystem(context, "open connection data", (tx) =>
    findConnectionData(tx, context.keys, connectionId),
  );
  const { partnerId, accountId, secret } = connection;
  if (stop || data === null || secret === null) return {};
  const { connector, vendor } = await createConnectorContext(
    context,
    connection.vendorApplicationId,
    accountId,
  );
  const work: Work = {
    context,
    vendor: fenceCalls(context, vendor, { connectionId, work: "sync" }),
    key: { subject: { kind: "connection", connectionId }, secret },
    owner: { connectionId, partnerId, accountId },
    data,
    since: new Date(now.getTime() - COMPARED_MS),
    until: now,
  };
  const outcomes: Record<string, ComparisonOutcome> = {};
  for (const entity of Object.values(connector.entities ?? {})) {
    if (!entity.compare || !coversRights(connector.manifest.rights, entity, connection.asked)) continue;
    const outcome = await compareEntity(work, entity, entity.compare);
    if (outcome) outcomes[entity.id] = outcome;
  }
  return outcomes;
}

/** The vendor's list leaves out records that the vendor has, and more of them than `askOneByOne` asks for. */
class Unreadable extends Error {}

/**
 * Asks for records that are not in the list, up to a bound. Beyond it they are missing as all before were; when some of those were there, the
 * list cannot be believed, and nothing is said of the rest.
 */
function askOneByOne({ vendor, key }: Work, compare: Comparable) {
  let asked = 0;
  let found = 0;
  return async (record: VendorRecord): Promise<VendorRecord | null | "unclear"> => {
    if (asked === MOST_ASKED) return found > 0 ? "unclear" : null;
    asked += 1;
    const there = await compare.find(vendor, key, record);
    if (there) found += 1;
    return there;
  };
}

type Written = {
  keyHash: string;
  record: VendorRecord;
  place: Omit<Finding, "kind">;
};

/** null when nothing was written. */
async function compareEntity(
  work: Work,
  entity: Entity,
  compare: Comparable,
): Promise<ComparisonOutcome | null> {
  const { context, owner, since, until } = work;
  const inDatabase = <T>(run: (tx: SystemTransaction) => Promise<T>): Promise<T> =>
    asSystem(context, "compare", run);
  let page = await inDatabase((tx) => readWritten(tx, work, entity, null));
  if (page.length === 0) return null;
  const counts = noCounts();
  const findings: Finding[] = [];
  let outcome: ComparisonOutcome;
  let problem: string | null = null;
  try {
    const listed = new Map(
      (await compare.list(work.vendor, work.key, since)).map((one) => [one.vendorId, one]),
    );
    const askFor = askOneByOne(work, compare);
    for (; page.length > 0; page = await inDatabase((tx) => readWritten(tx, work, entity, page))) {
      for (const { record, place } of page) {
        const there = listed.get(record.vendorId) ?? (await askFor(record));
        if (there === "unclear") throw new Unreadable();
        const kind = countPair(counts, { written: record, there });
        if (kind && findings.length < MOST_FINDINGS) findings.push({ kind, ...place });
      }
    }
    outcome = outcomeOf(counts);
  } catch (error) {
    if (!(error instanceof ConnectorError) && !(error instanceof Unreadable)) throw error;
    context.log.warn(
      { err: error, connectionId: owner.connectionId, entity: entity.id },
      "a comparison failed",
    );
    outcome = "failed";
    problem = error instanceof ConnectorError ? error.kind : "list_incomplete";
  }
  await inDatabase((tx) =>
    tx.insert(comparisons).values({
      ...owner,
      entity: entity.id,
      outcome,
      problem,
      since,
      comparedAt: until,
      ...(outcome === "failed" ? noCounts() : counts),
      findings: outcome === "failed" ? [] : findings,
    }),
  );
  return outcome;
}

/** The next records after those of `before`, by their keys. */
async function readWritten(
  tx: SystemTransaction,
  { owner, data, since, until }: Work,
  entity: Entity,
  before: readonly Written[] | null,
): Promise<Written[]> {
  const last = before?.at(-1)?.keyHash;
  const rows = await tx
    .select({ record: writtenRecords, deliveryId: deliveryRows.deliveryId, position: deliveryRows.position })
    .from(writtenRecords)
    .leftJoin(deliveryRows, eq(deliveryRows.id, writtenRecords.rowId))
    .where(
      and(
        eq(writtenRecords.connectionId, owner.connectionId),
        eq(writtenRecords.entity, entity.id),
        gte(writtenRecords.writtenAt, since),
        lt(writtenRecords.writtenAt, until),
        last === undefined ? undefined : gt(writtenRecords.keyHash, last),
      ),
    )
    .orderBy(asc(writtenRecords.keyHash))
    .limit(AT_ONCE);
  return rows.map(({ record: { keyHash, sealedRecord, rowId, writtenAt }, deliveryId, position }) => ({
    keyHash,
    record: openWritten(data, keyHash, sealedRecord),
    place: { rowId, deliveryId, position, writtenAt: writtenAt.toISOString() },
  }));
}
