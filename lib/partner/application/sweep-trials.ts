import { and, eq, inArray, lt, ne } from "drizzle-orm";
import { applicationTrials } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** A trial takes a minute or two; one that nobody came to for an hour says so, and can be tried again. */
const LOST_AFTER_MS = HOUR_MS;
/** Values that the vendor refused are of no use for ever. */
const REFUSED_CHANGE_LASTS_MS = 14 * DAY_MS;
const TRIAL_LASTS_MS = 90 * DAY_MS;

/** Ends trials that no worker finished, discards refused changes with their secrets, and removes old trials. */
export async function sweepTrials(tx: SystemTransaction, now: Date): Promise<number> {
  const isOlderThan = (ms: number) => lt(applicationTrials.updatedAt, new Date(now.getTime() - ms));
  const lost = await tx
    .update(applicationTrials)
    .set({ state: "refused", failure: "not_tried", updatedAt: now })
    .where(and(inArray(applicationTrials.state, ["waiting", "running"]), isOlderThan(LOST_AFTER_MS)))
    .returning({ id: applicationTrials.id });
  await tx
    .update(applicationTrials)
    .set({ state: "discarded", updatedAt: now })
    .where(
      and(
        eq(applicationTrials.kind, "change"),
        eq(applicationTrials.state, "refused"),
        isOlderThan(REFUSED_CHANGE_LASTS_MS),
      ),
    );
  await tx
    .delete(applicationTrials)
    .where(and(ne(applicationTrials.state, "waiting"), isOlderThan(TRIAL_LASTS_MS)));
  return lost.length;
}
