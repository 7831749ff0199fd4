import { and, eq, isNotNull, isNull, lte, min, or, sql } from "drizzle-orm";
import { deliveryQueues } from "@/db/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { claimQueue } from "./lease";
import { workOnQueue } from "./work-on-queue";

/** Connections of a vendor application that are worked on at once, by one run. */
const WIDTH = 4;
/** A step that is killed has lost no more than this. */
const ROUND_MS = 20_000;
/** What is due later than this is woken by the sweep. */
const LONGEST_SLEEP_MS = 10 * 60_000;

/**
 * Serves the queues of a vendor application that have something to do, each for a turn, the one that was served least lately
 * first. Gives when this run is to come back, or null when nothing is left or another run comes back earlier. May run twice
 * and at once.
 */
export async function pumpDeliveries(
  context: WorkerContext,
  vendorApplicationId: string,
): Promise<Date | null> {
  const until = Date.now() + ROUND_MS;
  await Promise.all(Array.from({ length: WIDTH }, () => serve(context, vendorApplicationId, until)));
  return planNext(context, vendorApplicationId);
}

async function serve(context: WorkerContext, vendorApplicationId: string, until: number): Promise<void> {
  while (Date.now() < until) {
    const claimed = await claimQueue(context, vendorApplicationId);
    if (!claimed) return;
    try {
      await workOnQueue(context, claimed.lease, claimed.failures);
    } finally {
      claimed.stopRenewing();
    }
  }
}

/** One sleeping run for each vendor application: the one with the earliest time, or those with the same. */
async function planNext(context: WorkerContext, vendorApplicationId: string): Promise<Date | null> {
  return asSystem(context, "plan deliveries", async (tx) => {
    const isOwn = and(
      eq(deliveryQueues.vendorApplicationId, vendorApplicationId),
      isNotNull(deliveryQueues.dueAt),
    );
    const now = new Date();
    // What is due while another process works is its work, unless that process has died.
    const [due] = await tx
      .select({ at: min(sql<string>`greatest(${deliveryQueues.dueAt}, ${deliveryQueues.leasedUntil})`) })
      .from(deliveryQueues)
      .where(isOwn);
    if (!due?.at) return null;
    const at = new Date(due.at);
    if (at.getTime() - now.getTime() > LONGEST_SLEEP_MS) return null;
    const { wakesAt } = deliveryQueues;
    const planned = await tx
      .update(deliveryQueues)
      .set({ wakesAt: at })
      .where(
        and(
          isOwn,
          lte(sql`greatest(${deliveryQueues.dueAt}, ${deliveryQueues.leasedUntil})`, at.toISOString()),
          or(isNull(wakesAt), lte(wakesAt, now), sql`${wakesAt} >= ${at.toISOString()}`),
        ),
      )
      .returning({ connectionId: deliveryQueues.connectionId });
    return planned.length > 0 ? at : null;
  });
}
