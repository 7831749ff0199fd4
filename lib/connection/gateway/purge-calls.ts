import { inArray, lt } from "drizzle-orm";
import { gatewayCalls } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
/** A sweep takes a bounded part of them: the next one goes on. */
const BATCH = 50_000;

/** Removes lines of the call log that are older than 90 days; gives how many. */
export async function purgeCalls(tx: SystemTransaction, now: Date): Promise<number> {
  const old = tx
    .select({ id: gatewayCalls.id })
    .from(gatewayCalls)
    .where(lt(gatewayCalls.calledAt, new Date(now.getTime() - KEPT_MS)))
    .limit(BATCH);
  const gone = await tx.delete(gatewayCalls).where(inArray(gatewayCalls.id, old));
  return gone.count;
}
