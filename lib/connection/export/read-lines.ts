import { and, asc, count, eq, gt, isNotNull, sql } from "drizzle-orm";
import {
  activations,
  connections,
  connectionUpdates,
  deliveries,
  deliveryRows,
  outcomeEvents,
  termsAcceptances,
  unchangedSets,
  updateAcceptances,
  writtenRecords,
} from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import {
  openBody,
  openKey,
  openProblems,
  openRowRecord,
  openWritten,
} from "@/lib/connection/delivery/sealed-row";
import { listSetEvents } from "@/lib/connection/delivery/unchanged-sets";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { AppError } from "@/lib/core/app-error";
import { type ConnectionData, findConnectionData } from "@/lib/platform/seal/connection-data";
import type { SealKeys } from "@/lib/platform/seal/data-key";
import type { ExportFile } from "./schema";

const AT_ONCE = 500;

type Line = Record<string, unknown>;
/** Some lines, and where the next ones begin; null: there are no more. */
type Page<C> = { lines: Line[]; next: C | null };
export type Exported = { connectionId: string; accountId: string; requestId: string };

/** What is sealed is opened here. Throws `gone` once the connection has ended: the key of its data is destroyed. */
async function findData(
  tx: SystemTransaction,
  keys: SealKeys,
  { connectionId }: Exported,
): Promise<ConnectionData | null> {
  const [connection] = await tx
    .select({ state: connections.state })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!connection || !isLive(connection.state)) throw new AppError("gone", "the connection has ended");
  return findConnectionData(tx, keys, connectionId);
}

/** Opens with the key of the connection's data; what is sealed has one, or the connection has just ended. */
function openWith<T>(data: ConnectionData | null, open: (data: ConnectionData) => T): T {
  if (!data) throw new AppError("gone", "the connection has ended");
  return open(data);
}

async function readRecords(
  tx: SystemTransaction,
  keys: SealKeys,
  of: Exported,
  after: string | null,
): Promise<Page<string>> {
  const data = await findData(tx, keys, of);
  const rows = await tx
    .select({ record: writtenRecords, sealedKey: deliveryRows.sealedKey })
    .from(writtenRecords)
    .leftJoin(deliveryRows, eq(deliveryRows.id, writtenRecords.rowId))
    .where(
      and(
        eq(writtenRecords.connectionId, of.connectionId),
        after === null ? undefined : gt(writtenRecords.keyHash, after),
      ),
    )
    .orderBy(asc(writtenRecords.keyHash))
    .limit(AT_ONCE);
  const lines = rows.map(({ record: { entity, keyHash, rowId, sealedRecord, writtenAt }, sealedKey }) => {
    const { vendorId, label } = openWith(data, (opening) => openWritten(opening, keyHash, sealedRecord));
    const key = sealedKey && openWith(data, (opening) => openKey(opening, rowId, sealedKey));
    return { entity, key, vendorId, label, writtenAt: writtenAt.toISOString() };
  });
  return { lines, next: rows.length < AT_ONCE ? null : (rows.at(-1)?.record.keyHash ?? null) };
}

/** Of rows the place of the last one; behind them come those that are kept in sets, with their numbers in the history. */
type OutcomePlace = { deliveryId: string; position: number } | { afterNumber: number };

async function readOutcomes(
  tx: SystemTransaction,
  keys: SealKeys,
  of: Exported,
  after: OutcomePlace | null,
): Promise<Page<OutcomePlace>> {
  const data = await findData(tx, keys, of);
  if (after && "afterNumber" in after) return readSets(tx, data, of, after.afterNumber);
  const rows = await tx
    .select()
    .from(deliveryRows)
    .where(
      and(
        eq(deliveryRows.connectionId, of.connectionId),
        after === null
          ? undefined
          : sql`(${deliveryRows.deliveryId}, ${deliveryRows.position}) > (${after.deliveryId}, ${after.position})`,
      ),
    )
    .orderBy(asc(deliveryRows.deliveryId), asc(deliveryRows.position))
    .limit(AT_ONCE);
  const lines = rows.map((row) => {
    const opened = <T>(sealed: string | null, open: (data: ConnectionData, sealed: string) => T): T | null =>
      sealed === null ? null : openWith(data, (opening) => open(opening, sealed));
    return {
      id: row.id,
      deliveryId: row.deliveryId,
      position: row.position,
      entity: row.entity,
      key: opened(row.sealedKey, (opening, sealed) => openKey(opening, row.id, sealed)),
      outcome: row.state,
      cause: row.cause,
      field: row.field,
      vendorCode: row.vendorCode,
      record: opened(row.sealedRecord, (opening, sealed) => openRowRecord(opening, row.id, sealed)),
      problems: opened(row.sealedProblems, (opening, sealed) => openProblems(opening, row.id, sealed)),
      /** null once the content is not kept any more. */
      fields: opened(row.sealedBody, (opening, sealed) => openBody(opening, row.id, sealed)),
      receivedAt: row.createdAt.toISOString(),
      since: row.stateSince.toISOString(),
    };
  });
  const last = rows.at(-1);
  if (!last || rows.length < AT_ONCE) return { lines, next: { afterNumber: 0 } };
  return { lines, next: { deliveryId: last.deliveryId, position: last.position } };
}

async function readSets(
  tx: SystemTransaction,
  data: ConnectionData | null,
  { connectionId }: Exported,
  after: number,
): Promise<Page<OutcomePlace>> {
  const rows = await listSetEvents(tx, data, connectionId, { after, limit: AT_ONCE });
  const lines = rows.map(({ deliveryId, position, entity, key, outcome, at }) => ({
    ...{ id: null, deliveryId, position, entity, key, outcome, cause: null, field: null, vendorCode: null },
    ...{ record: null, problems: null, fields: null, receivedAt: at.toISOString(), since: at.toISOString() },
  }));
  const last = rows.at(-1);
  return { lines, next: last && rows.length === AT_ONCE ? { afterNumber: last.number } : null };
}

async function readHistory(
  tx: SystemTransaction,
  _keys: SealKeys,
  of: Exported,
  after: number | null,
): Promise<Page<number>> {
  const rows = await tx
    .select()
    .from(outcomeEvents)
    .where(and(eq(outcomeEvents.connectionId, of.connectionId), gt(outcomeEvents.number, after ?? 0)))
    .orderBy(asc(outcomeEvents.number))
    .limit(AT_ONCE);
  const place = { after: after ?? 0, limit: AT_ONCE };
  const inSets = await listSetEvents(tx, null, of.connectionId, place);
  const found = [...rows, ...inSets.map((one) => ({ ...one, rowId: null, cause: null }))]
    .sort((a, b) => a.number - b.number)
    .slice(0, AT_ONCE);
  const lines = found.map(({ number, rowId, deliveryId, entity, outcome, cause, at }) => ({
    ...{ number, rowId, deliveryId, entity, outcome, cause },
    at: at.toISOString(),
  }));
  return { lines, next: found.length < AT_ONCE ? null : (found.at(-1)?.number ?? null) };
}

async function readDeliveries(
  tx: SystemTransaction,
  _keys: SealKeys,
  of: Exported,
  after: string | null,
): Promise<Page<string>> {
  const rows = await tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.accountId, of.accountId),
        eq(deliveries.connectionId, of.connectionId),
        after === null ? undefined : gt(deliveries.id, after),
      ),
    )
    .orderBy(asc(deliveries.id))
    .limit(AT_ONCE);
  const lines = rows.map(({ id, entity, door, state, number, rowCount, createdAt, closedAt, settledAt }) => ({
    ...{ id, entity, door, state, number, rows: rowCount, createdAt: createdAt.toISOString() },
    closedAt: closedAt?.toISOString() ?? null,
    settledAt: settledAt?.toISOString() ?? null,
  }));
  return { lines, next: rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null) };
}

async function readAcceptances(
  tx: SystemTransaction,
  _keys: SealKeys,
  { connectionId, requestId }: Exported,
): Promise<Page<never>> {
  const first = await tx.select().from(termsAcceptances).where(eq(termsAcceptances.requestId, requestId));
  // A later one may be for many connections; this export is of one.
  const later = await tx
    .select({
      acceptance: updateAcceptances,
      environment: { externalId: activations.externalId, name: activations.environmentName },
    })
    .from(connectionUpdates)
    .innerJoin(updateAcceptances, eq(updateAcceptances.id, connectionUpdates.acceptanceId))
    .innerJoin(connections, eq(connections.id, connectionUpdates.connectionId))
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(eq(connectionUpdates.connectionId, connectionId))
    .orderBy(asc(connectionUpdates.id));
  const rows = [
    ...first,
    ...later.map(({ acceptance, environment }) => ({
      ...acceptance,
      requestId,
      environments: [environment],
    })),
  ];
  const lines = rows.map((row) => ({
    requestId: row.requestId,
    acceptedAt: row.acceptedAt.toISOString(),
    acceptedBy: row.acceptedEmail,
    specificationId: row.specificationId,
    language: row.language,
    contentHash: row.contentHash,
    structureHash: row.structureHash,
    languageHash: row.languageHash,
    environments: row.environments,
  }));
  return { lines, next: null };
}

type InTransaction = <T>(work: (tx: SystemTransaction) => Promise<T>) => Promise<T>;
type Reader<C> = (tx: SystemTransaction, keys: SealKeys, of: Exported, after: C | null) => Promise<Page<C>>;

/** All lines of a reader, a page in each transaction. */
const pagesOf = <C>(read: Reader<C>) =>
  async function* (run: InTransaction, keys: SealKeys, of: Exported): AsyncGenerator<Line[]> {
    let after: C | null = null;
    do {
      const page: Page<C> = await run((tx) => read(tx, keys, of, after));
      yield page.lines;
      after = page.next;
    } while (after !== null);
  };

/** Each file with its columns, which are the members of its lines. */
export const EXPORT_READERS: Record<
  ExportFile,
  {
    columns: readonly string[];
    read(run: InTransaction, keys: SealKeys, of: Exported): AsyncGenerator<Line[]>;
  }
> = {
  records: { columns: ["entity", "key", "vendorId", "label", "writtenAt"], read: pagesOf(readRecords) },
  outcomes: {
    columns: [
      "id",
      "deliveryId",
      "position",
      "entity",
      "key",
      "outcome",
      "cause",
      "field",
      "vendorCode",
      "record",
      "problems",
      "fields",
      "receivedAt",
      "since",
    ],
    read: pagesOf(readOutcomes),
  },
  history: {
    columns: ["number", "rowId", "deliveryId", "entity", "outcome", "cause", "at"],
    read: pagesOf(readHistory),
  },
  deliveries: {
    columns: ["id", "entity", "door", "state", "number", "rows", "createdAt", "closedAt", "settledAt"],
    read: pagesOf(readDeliveries),
  },
  acceptances: {
    columns: [
      "requestId",
      "acceptedAt",
      "acceptedBy",
      "specificationId",
      "language",
      "contentHash",
      "structureHash",
      "languageHash",
      "environments",
    ],
    read: pagesOf(readAcceptances),
  },
};

/** How many lines there are to read, in all files. */
export async function countLines(
  tx: SystemTransaction,
  { connectionId, accountId, requestId }: Exported,
): Promise<number> {
  const counts = [
    tx.select({ count: count() }).from(writtenRecords).where(eq(writtenRecords.connectionId, connectionId)),
    tx.select({ count: count() }).from(deliveryRows).where(eq(deliveryRows.connectionId, connectionId)),
    // Each is a line of the outcomes and one of the history.
    tx
      .select({ count: sql<number>`2 * coalesce(sum(${unchangedSets.count}), 0)::int` })
      .from(unchangedSets)
      .where(and(eq(unchangedSets.connectionId, connectionId), isNotNull(unchangedSets.at))),
    tx.select({ count: count() }).from(outcomeEvents).where(eq(outcomeEvents.connectionId, connectionId)),
    tx
      .select({ count: count() })
      .from(deliveries)
      .where(and(eq(deliveries.accountId, accountId), eq(deliveries.connectionId, connectionId))),
    tx.select({ count: count() }).from(termsAcceptances).where(eq(termsAcceptances.requestId, requestId)),
    tx
      .select({ count: count(connectionUpdates.acceptanceId) })
      .from(connectionUpdates)
      .where(eq(connectionUpdates.connectionId, connectionId)),
  ];
  let total = 0;
  for (const counting of counts) total += (await counting)[0]?.count ?? 0;
  return total;
}

/** The request by which the connection came about. */
export async function findRequestId(tx: SystemTransaction, connectionId: string): Promise<string> {
  const [row] = await tx
    .select({ requestId: activations.requestId })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  return row.requestId;
}
