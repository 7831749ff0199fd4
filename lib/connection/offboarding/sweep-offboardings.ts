import { and, asc, isNull, lt } from "drizzle-orm";
import { offboardings } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

const MINUTE_MS = 60_000;
/** Each sweep has a few worked on, so that many old keys do not come to the vendor at once. */
const BATCH = 50;

/** Has old keys tried that are due, and ends worked on that somebody forgot. Returns how many. */
export async function reviveOffboardings(tx: SystemTransaction, now: Date): Promise<number> {
  const due = await tx
    .select({ connectionId: offboardings.connectionId })
    .from(offboardings)
    // A minute is left to the job that was woken when it was asked for.
    .where(
      and(isNull(offboardings.closedAt), lt(offboardings.nextProbeAt, new Date(now.getTime() - MINUTE_MS))),
    )
    .orderBy(asc(offboardings.nextProbeAt))
    .limit(BATCH);
  for (const { connectionId } of due)
    await enqueueEvent(tx, "connection/offboarding.wanted", { connectionId });
  return due.length;
}
