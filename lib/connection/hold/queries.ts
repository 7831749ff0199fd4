import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { connections, holds } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { type HoldFacts, isInForce } from "@/lib/connection/lifecycle/permissions";
import type { HoldView } from "./schema";

type Reader = ScopedTransaction<"customer" | "partner" | "operator" | "gateway" | "system">;

/** Named one by one: no side reads which person of another one set a hold. */
const facts = {
  id: holds.id,
  connectionId: holds.connectionId,
  kind: holds.kind,
  setBy: holds.setBy,
  since: holds.since,
  until: holds.until,
  liftedAt: holds.liftedAt,
};

/** What holds a connection: the facts that `findStop` asks for. */
export function listHoldFacts(tx: Reader, connectionId: string): Promise<HoldFacts[]> {
  return tx
    .select(facts)
    .from(holds)
    .where(and(eq(holds.connectionId, connectionId), isNull(holds.liftedAt)));
}

/** Holds of these connections that are not lifted, by the connection's id, the oldest first. */
export async function findHolds(
  tx: ScopedTransaction<"customer" | "partner">,
  connectionIds: readonly string[],
  now = new Date(),
): Promise<Map<string, HoldView[]>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await tx
    .select({ ...facts, reason: holds.reason })
    .from(holds)
    .where(and(inArray(holds.connectionId, [...connectionIds]), isNull(holds.liftedAt)))
    .orderBy(asc(holds.id));
  const byConnection = new Map<string, HoldView[]>();
  for (const row of rows) {
    // Its day has come; the sweep is about to say so in the row.
    if (row.kind === "pause" && row.until !== null && row.until <= now) continue;
    const view: HoldView = {
      id: row.id,
      kind: row.kind,
      setBy: row.setBy,
      reason: row.reason,
      since: row.since.toISOString(),
      until: row.until?.toISOString() ?? null,
      hasBegun: isInForce(row, now),
    };
    byConnection.set(row.connectionId, [...(byConnection.get(row.connectionId) ?? []), view]);
  }
  return byConnection;
}

/** Of a connection of the statement: a pause is in force. The same rule as `isInForce`, for what is asked of many rows. */
export function isPaused(now: Date): SQL<boolean> {
  const at = now.toISOString();
  return sql<boolean>`exists (select from ${holds} h where h.connection_id = ${connections.id} and h.kind = 'pause'
    and h.lifted_at is null and h.since <= ${at} and (h.until is null or h.until > ${at}))`;
}
