import { and, count, eq, lte, or, sql } from "drizzle-orm";
import { deliveryRows, gatewayCalls } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { Certificate } from "./schema";

type OnItsWay = NonNullable<Certificate["onItsWay"]>;
type Ended = { connectionId: string; accountId: string; stoppedAt: Date; droppedFiles: number };

/** A gateway that was killed never says how its calls ended; none lasts longer than this. */
const LONGEST_CALL_MS = 3 * 60_000;

/**
 * What was under way when the calls of a connection had stopped, in whichever process: calls of the partner's software, rows of
 * deliveries, files. null while one of those calls may still end.
 */
export async function countOnItsWay(
  tx: SystemTransaction,
  ended: Ended,
  now: Date,
): Promise<OnItsWay | null> {
  const calls = await countCalls(tx, ended);
  const isOpen = "sent" in calls && now.getTime() - ended.stoppedAt.getTime() < LONGEST_CALL_MS;
  if (isOpen) return null;
  const { sent = 0, ...known } = calls;
  return {
    calls: sent === 0 ? known : { ...known, lost: (known.lost ?? 0) + sent },
    rows: await countCancelledRows(tx, ended),
    files: ended.droppedFiles,
  };
}

/** By outcome; `sent` are those that have not ended. */
async function countCalls(
  tx: SystemTransaction,
  { connectionId, accountId, stoppedAt }: Ended,
): Promise<Record<string, number>> {
  const endedAt = sql`${gatewayCalls.calledAt} + ${gatewayCalls.durationMs} * interval '1 millisecond'`;
  const rows = await tx
    .select({ outcome: gatewayCalls.outcome, count: count() })
    .from(gatewayCalls)
    .where(
      and(
        eq(gatewayCalls.accountId, accountId),
        eq(gatewayCalls.connectionId, connectionId),
        lte(gatewayCalls.calledAt, stoppedAt),
        sql`${gatewayCalls.outcome} <> 'unsent'`,
        or(eq(gatewayCalls.outcome, "sent"), sql`${endedAt} > ${stoppedAt.toISOString()}`),
      ),
    )
    .groupBy(gatewayCalls.outcome);
  return Object.fromEntries(rows.map((row) => [row.outcome, row.count]));
}

async function countCancelledRows(tx: SystemTransaction, { connectionId }: Ended): Promise<OnItsWay["rows"]> {
  const [rows] = await tx
    .select({
      cancelled: sql<number>`count(*) filter (where cause = 'connection_ended')`.mapWith(Number),
      unknown: sql<number>`count(*) filter (where state = 'unknown')`.mapWith(Number),
    })
    .from(deliveryRows)
    .where(eq(deliveryRows.connectionId, connectionId));
  return rows ?? { cancelled: 0, unknown: 0 };
}
