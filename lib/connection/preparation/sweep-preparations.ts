import { and, asc, eq, inArray, lt, not } from "drizzle-orm";
import { connectionPreparations, connections } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { isPaused } from "@/lib/connection/hold/queries";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";

const MINUTE_MS = 60_000;
/** Each sweep has a few worked on, so that many do not come to the vendor at once. */
const BATCH = 50;

/** Has preparations done again that the vendor or a person held up, and those that were forgotten. Returns how many. */
export async function revivePreparations(tx: SystemTransaction, now: Date): Promise<number> {
  const due = await tx
    .select({
      connectionId: connectionPreparations.connectionId,
      environmentId: connectionPreparations.environmentId,
    })
    .from(connectionPreparations)
    .innerJoin(connections, eq(connections.id, connectionPreparations.connectionId))
    .where(
      and(
        // A minute is left to the job that was woken when it was asked for.
        lt(connectionPreparations.nextTryAt, new Date(now.getTime() - MINUTE_MS)),
        inArray(connections.state, [...LIVE_STATES]),
        not(isPaused(now)),
      ),
    )
    .orderBy(asc(connectionPreparations.nextTryAt))
    .limit(BATCH);
  await enqueueEvents(tx, "connection/preparation.wanted", due);
  return due.length;
}
