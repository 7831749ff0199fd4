import { and, count, desc, eq, exists, gt, inArray, isNull, lt, max, min, type SQL, sql } from "drizzle-orm";
import { connectionCounters, deliveries, deliveryRows, entitySettings, rowVerdicts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import type {
  DayCount,
  DeliveryView,
  EntityState,
  InboxGroup,
  InboxGroupKey,
  InboxRow,
  RowState,
} from "./schema";
import { countSets } from "./unchanged-sets";

/*
 * What pages show of deliveries: metadata alone. Whose rows they are is the scope's; every query names one connection.
 */
type Reader = ScopedTransaction<"customer" | "partner" | "gateway" | "system">;

const INBOX_STATES = ["rejected", "waiting", "unknown", "incomplete"] as const satisfies readonly RowState[];

/** Open: nobody has mended it, nor has a later row of its key been written. As the indexes have it. */
const isInInbox = (connectionId: string): SQL | undefined =>
  and(
    eq(deliveryRows.connectionId, connectionId),
    inArray(deliveryRows.state, [...INBOX_STATES]),
    isNull(deliveryRows.recoveredAt),
  );

const iso = (at: Date | string | null): string | null => (at === null ? null : new Date(at).toISOString());

/** One line for each entity that ever had a delivery. */
export async function listEntityStates(tx: Reader, connectionId: string): Promise<EntityState[]> {
  const ofConnection = eq(deliveries.connectionId, connectionId);
  // From one entity to the next along the index: a connection has few entities, and any number of deliveries.
  const delivered = await tx.execute<{ entity: string; lastAt: string; writtenAt: string | null }>(sql`
    with recursive found(entity) as (
      select min(${deliveries.entity}) from ${deliveries} where ${ofConnection}
      union all
      select (select min(${deliveries.entity}) from ${deliveries} where ${ofConnection} and ${deliveries.entity} > found.entity)
      from found where found.entity is not null
    )
    select found.entity,
      (select ${deliveries.createdAt} from ${deliveries} where ${ofConnection} and ${deliveries.entity} = found.entity
        order by ${deliveries.id} desc limit 1) as "lastAt",
      (select ${deliveryRows.stateSince} from ${deliveryRows} where ${deliveryRows.connectionId} = ${connectionId}
        and ${deliveryRows.entity} = found.entity and ${deliveryRows.state} = 'written'
        order by ${deliveryRows.stateSince} desc limit 1) as "writtenAt"
    from found where found.entity is not null`);
  const underWay = await tx
    .select({ entity: deliveryRows.entity, count: count() })
    .from(deliveryRows)
    .where(
      and(eq(deliveryRows.connectionId, connectionId), inArray(deliveryRows.state, ["queued", "sending"])),
    )
    .groupBy(deliveryRows.entity);
  const inInbox = await tx
    .select({ entity: deliveryRows.entity, count: count() })
    .from(deliveryRows)
    .where(isInInbox(connectionId))
    .groupBy(deliveryRows.entity);
  const of = <Row extends { entity: string }>(rows: readonly Row[], entity: string) =>
    rows.find((row) => row.entity === entity);
  return delivered
    .map(({ entity, lastAt, writtenAt }) => ({
      entity,
      underWay: of(underWay, entity)?.count ?? 0,
      inInbox: of(inInbox, entity)?.count ?? 0,
      lastDeliveryAt: iso(lastAt),
      lastWrittenAt: iso(writtenAt),
    }))
    .sort((a, b) => a.entity.localeCompare(b.entity));
}

/** The newest first; `before` is the id of the last one of the page before. */
export async function listDeliveries(
  tx: Reader,
  connectionId: string,
  { before, limit = 20 }: { before?: string; limit?: number } = {},
): Promise<DeliveryView[]> {
  const rows = await tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.connectionId, connectionId),
        before === undefined ? undefined : lt(deliveries.id, before),
      ),
    )
    .orderBy(desc(deliveries.id))
    .limit(limit);
  return withCounts(tx, connectionId, rows);
}

/** null for one that is not there, or not this connection's. */
export async function findDelivery(
  tx: Reader,
  connectionId: string,
  deliveryId: string,
): Promise<DeliveryView | null> {
  const rows = await tx
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.connectionId, connectionId), eq(deliveries.id, deliveryId)));
  const [view] = await withCounts(tx, connectionId, rows);
  return view ?? null;
}

async function withCounts(
  tx: Reader,
  connectionId: string,
  rows: readonly (typeof deliveries.$inferSelect)[],
): Promise<DeliveryView[]> {
  const ids = rows.map(({ id }) => id);
  const counted =
    ids.length === 0
      ? []
      : await tx
          .select({ deliveryId: deliveryRows.deliveryId, state: deliveryRows.state, count: count() })
          .from(deliveryRows)
          .where(and(eq(deliveryRows.connectionId, connectionId), inArray(deliveryRows.deliveryId, ids)))
          .groupBy(deliveryRows.deliveryId, deliveryRows.state);
  const inSets = await countSets(tx, ids, connectionId);
  return rows.map((row) => ({
    id: row.id,
    entity: row.entity,
    door: row.door,
    state: row.state,
    rowCount: row.rowCount,
    counts: sumByState([...counted, ...inSets].filter(({ deliveryId }) => deliveryId === row.id)),
    createdAt: row.createdAt.toISOString(),
    closedAt: iso(row.closedAt),
    settledAt: iso(row.settledAt),
  }));
}

/** Rows by state, those in sets with the others. */
export function sumByState(
  counted: readonly { state: RowState; count: number }[],
): Partial<Record<RowState, number>> {
  const counts: Partial<Record<RowState, number>> = {};
  for (const { state, count } of counted) counts[state] = (counts[state] ?? 0) + count;
  return counts;
}

/** What needs somebody, by cause, most rows first. */
export async function listInbox(tx: Reader, connectionId: string): Promise<InboxGroup[]> {
  const { entity, state, cause, field, vendorCode, stateSince } = deliveryRows;
  // A list's fields count as one: `lines.0.vatPercent` and `lines.3.vatPercent` are mended alike.
  const place = sql<string | null>`regexp_replace(${field}, '\\.\\d+\\.', '.', 'g')`;
  const rows = await tx
    .select({
      ...{ entity, state, cause, vendorCode },
      field: place,
      count: count(),
      since: min(stateSince),
      newestAt: max(stateSince),
    })
    .from(deliveryRows)
    .where(isInInbox(connectionId))
    .groupBy(entity, state, cause, vendorCode, place)
    .orderBy(desc(count()), cause);
  return rows.map((row) => ({
    ...row,
    state: INBOX_STATES.find((one) => one === row.state) ?? "rejected",
    since: iso(row.since) ?? "",
    newestAt: iso(row.newestAt) ?? "",
  }));
}

/** Of a connection: the rows of one group of its inbox. */
export function isInGroup(connectionId: string, group: InboxGroupKey): SQL | undefined {
  const same = (column: SQL | (typeof deliveryRows)["cause"], value: string | null): SQL =>
    sql`${column} is not distinct from ${value}`;
  return and(
    isInInbox(connectionId),
    eq(deliveryRows.entity, group.entity),
    eq(deliveryRows.state, group.state),
    same(deliveryRows.cause, group.cause),
    same(sql`${deliveryRows.vendorCode}`, group.vendorCode),
    same(sql`regexp_replace(${deliveryRows.field}, '\\.\\d+\\.', '.', 'g')`, group.field),
  );
}

/** Rows of a group in the order in which they came; `after` is the id of the last one of the page before. */
export async function listInboxRows(
  tx: Reader,
  connectionId: string,
  group: InboxGroupKey,
  { after, only, limit = 50 }: { after?: string | undefined; only?: string; limit?: number } = {},
): Promise<InboxRow[]> {
  const verdict = tx
    .select({ id: rowVerdicts.id })
    .from(rowVerdicts)
    .where(eq(rowVerdicts.rowId, deliveryRows.id));
  const rows = await tx
    .select({
      id: deliveryRows.id,
      deliveryId: deliveryRows.deliveryId,
      position: deliveryRows.position,
      stateSince: deliveryRows.stateSince,
      nextAt: deliveryRows.nextAt,
      isBeingWorkedOn: exists(verdict).mapWith(Boolean),
    })
    .from(deliveryRows)
    .where(
      and(
        isInGroup(connectionId, group),
        after === undefined ? undefined : gt(deliveryRows.id, after),
        only === undefined ? undefined : eq(deliveryRows.id, only),
      ),
    )
    .orderBy(deliveryRows.id)
    .limit(limit);
  return rows.map(({ stateSince, nextAt, ...row }) => ({
    ...row,
    since: stateSince.toISOString(),
    nextAt: iso(nextAt),
  }));
}

/** One row of the inbox, by what is known of it without opening it; null for any other. */
export async function findInboxRow(
  tx: Reader,
  connectionId: string,
  rowId: string,
): Promise<(InboxGroupKey & InboxRow) | null> {
  const [row] = await tx
    .select({
      entity: deliveryRows.entity,
      state: deliveryRows.state,
      cause: deliveryRows.cause,
      field: deliveryRows.field,
      vendorCode: deliveryRows.vendorCode,
    })
    .from(deliveryRows)
    .where(and(isInInbox(connectionId), eq(deliveryRows.id, rowId)));
  const state = INBOX_STATES.find((one) => one === row?.state);
  if (!row || !state) return null;
  const group = { ...row, state, field: row.field?.replace(/\.\d+\./g, ".") ?? null };
  const [shown] = await listInboxRows(tx, connectionId, group, { only: rowId });
  return shown ? { ...group, ...shown } : null;
}

/** Outcomes by day in UTC, of the last `days` days, for all entities or one. */
export async function listDayCounts(
  tx: Reader,
  connectionId: string,
  { days = 30, entity }: { days?: number; entity?: string } = {},
): Promise<DayCount[]> {
  const { day, outcome } = connectionCounters;
  return tx
    .select({ day, outcome, count: sql<number>`sum(${connectionCounters.count})::int` })
    .from(connectionCounters)
    .where(
      and(
        eq(connectionCounters.connectionId, connectionId),
        gt(day, sql`(now() at time zone 'utc')::date - ${days}::int`),
        entity === undefined ? undefined : eq(connectionCounters.entity, entity),
      ),
    )
    .groupBy(day, outcome)
    .orderBy(day, outcome);
}

/** What the customer chose for an entity; null while the defaults hold. */
export async function findEntitySettings(
  tx: Reader,
  connectionId: string,
  entity: string,
): Promise<{ settings: Record<string, string>; changedAt: Date } | null> {
  const [row] = await tx
    .select({ settings: entitySettings.settings, changedAt: entitySettings.changedAt })
    .from(entitySettings)
    .where(and(eq(entitySettings.connectionId, connectionId), eq(entitySettings.entity, entity)));
  return row ?? null;
}
