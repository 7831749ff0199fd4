import { and, asc, eq, inArray, lt, or } from "drizzle-orm";
import { connections } from "@/db/schema";
import { enqueueEvent } from "@/lib/outbox/enqueue-event";
import type { SystemTransaction } from "@/lib/seal/data-key";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Each sweep checks a few, so that many connections do not come to the vendor at once. */
const BATCH = 50;

/** Has connections checked that were not checked for a day, or whose first check was put off. Returns how many. */
export async function checkConnections(tx: SystemTransaction, now: Date): Promise<number> {
  const due = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        inArray(connections.state, ["active", "needs_attention"]),
        or(
          lt(connections.verifiedAt, new Date(now.getTime() - DAY_MS)),
          and(
            eq(connections.attention, "verification_pending"),
            lt(connections.verifiedAt, new Date(now.getTime() - 5 * MINUTE_MS)),
          ),
        ),
      ),
    )
    .orderBy(asc(connections.verifiedAt))
    .limit(BATCH);
  for (const connection of due)
    await enqueueEvent(tx, "connection/check.wanted", { connectionId: connection.id });
  return due.length;
}
