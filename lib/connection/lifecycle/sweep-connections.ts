import { and, asc, count, eq, exists, not, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { activations, connections } from "@/db/schema";
import { isOneOf } from "@/db/schema/columns";
import type { SystemTransaction } from "@/db/scope";
import { isPaused } from "@/lib/connection/hold/queries";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** The sweep comes every five minutes. It gets round in nine tenths of a day, so that nobody waits for longer. */
const SWEEPS_FOR_ALL = (DAY_MS / (5 * MINUTE_MS)) * 0.9;
/** A check that was put off is made again soon; one that has been asked for by now was lost. */
const PENDING_FOR_MS = 5 * MINUTE_MS;
/** However few there are: what was left behind is caught up with soon. */
const SMALLEST_BATCH = 50;

/** Each sweep checks a part, so that not all connections come to the vendor at once. */
const batchFor = (live: number): number => Math.max(SMALLEST_BATCH, Math.ceil(live / SWEEPS_FOR_ALL));

// Both as the index has them, in words: the planner does not know a parameter's value.
const isChecked = isOneOf(connections.state, ["active", "needs_attention"]);
/** One whose check fails goes to the end of the queue: it does not keep the others from theirs. */
const lastTry = sql`coalesce(check_failed_at, verified_at, state_since)`;

/**
 * Has connections checked that are not paused and were not checked for a day, or that have a key which nobody could check
 * yet; whose turn was longest ago comes first. Returns how many.
 */
export async function checkConnections(tx: SystemTransaction, now: Date): Promise<number> {
  let due = await listDue(tx, now, SMALLEST_BATCH);
  // All are counted only where more wait than are taken anyway.
  if (due.length === SMALLEST_BATCH) due = await listDue(tx, now, batchFor(await countLive(tx)));
  await enqueueEvents(tx, "connection/check.wanted", due);
  return due.length;
}

async function countLive(tx: SystemTransaction): Promise<number> {
  const [live] = await tx.select({ count: count() }).from(connections).where(isChecked);
  return live?.count ?? 0;
}

/** Both kinds, each by an index of its own: read in the order of the last try, all live ones would be looked at. */
function listDue(tx: SystemTransaction, now: Date, limit: number): Promise<{ connectionId: string }[]> {
  const select = { connectionId: connections.id, lastTry: sql<string>`${lastTry}`.as("last_try") };
  const before = (ms: number): string => new Date(now.getTime() - ms).toISOString();
  const daily = tx
    .select(select)
    .from(connections)
    .where(and(isChecked, sql`coalesce(verified_at, state_since) < ${before(DAY_MS)}`, not(isPaused(now))));
  // The request's own job checks what it activates, and is taken up again when it was lost.
  const isActivating = tx
    .select({ id: activations.id })
    .from(activations)
    .where(and(eq(activations.id, connections.activationId), eq(activations.state, "activating")));
  const unchecked = tx
    .select(select)
    .from(connections)
    .where(
      and(
        isChecked,
        sql`attention = 'verification_pending'`,
        // Since it was put off, or since the connection took the key; whoever gave it the key has asked for a check too.
        sql`greatest(verified_at, state_since) < ${before(PENDING_FOR_MS)}`,
        not(exists(isActivating)),
        not(isPaused(now)),
      ),
    );
  const due = union(daily, unchecked).as("due");
  return tx.select({ connectionId: due.connectionId }).from(due).orderBy(asc(due.lastTry)).limit(limit);
}
