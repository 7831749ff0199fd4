import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { deliveryQueues } from "@/db/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";

/** One process works on a connection's queue at a time. */
export type Lease = {
  id: string;
  connectionId: string;
  /** Whether this process may still call the vendor, by its own clock: it stops before another one can begin. */
  isHeld(): boolean;
};

/** Stops calling this long before the lease ends in the database. */
const MARGIN = 0.2;

type Claimed = {
  lease: Lease;
  /** Turns in a row that failed. */
  failures: number;
  stopRenewing(): void;
};

/**
 * Takes the queue that has something to do and was served least lately, and renews its lease until it is released. null when
 * nothing of the vendor application is due.
 */
export async function claimQueue(
  context: WorkerContext,
  vendorApplicationId: string,
): Promise<Claimed | null> {
  const id = randomUUID();
  const leaseMs = context.deliveries.leaseMs;
  const askedAt = performance.now();
  const [queue] = await asSystem(context, "claim delivery queue", (tx) =>
    tx.execute<{ connection_id: string; failures: number }>(sql`
      update delivery_queues set leased_by = ${id}, served_at = clock_timestamp(),
        leased_until = now() + ${leaseMs} * interval '1 millisecond'
      where connection_id = (
        select connection_id from delivery_queues
        where vendor_application_id = ${vendorApplicationId} and due_at <= now()
          and (leased_until is null or leased_until < now())
        order by served_at nulls first limit 1 for update skip locked
      ) returning connection_id, failures`),
  );
  if (!queue) return null;
  let heldUntil = askedAt + leaseMs * (1 - MARGIN);
  const renew = async (): Promise<void> => {
    const renewedAt = performance.now();
    const renewed = await asSystem(context, "renew delivery lease", (tx) =>
      tx
        .update(deliveryQueues)
        .set({ leasedUntil: sql`now() + ${leaseMs} * interval '1 millisecond'` })
        .where(and(eq(deliveryQueues.connectionId, queue.connection_id), eq(deliveryQueues.leasedBy, id)))
        .returning({ connectionId: deliveryQueues.connectionId }),
    );
    heldUntil = renewed.length > 0 ? renewedAt + leaseMs * (1 - MARGIN) : 0;
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => context.log.warn({ err: error }, "a delivery lease was not renewed"));
  }, leaseMs / 3);
  return {
    lease: { id, connectionId: queue.connection_id, isHeld: () => performance.now() < heldUntil },
    failures: queue.failures,
    stopRenewing: () => clearInterval(timer),
  };
}

/** What the queue is to do next was found out under its lock: what is queued meanwhile is seen. */
export async function releaseQueue(
  context: WorkerContext,
  { id, connectionId }: Lease,
  rest: { pauseMs: number; hasFailed: boolean },
): Promise<void> {
  await asSystem(context, "release delivery queue", async (tx) => {
    const [held] = await tx
      .select({ connectionId: deliveryQueues.connectionId })
      .from(deliveryQueues)
      .where(and(eq(deliveryQueues.connectionId, connectionId), eq(deliveryQueues.leasedBy, id)))
      .for("update");
    if (!held) return;
    await tx.execute(sql`
      update delivery_queues set leased_by = null, leased_until = null,
        due_at = greatest((
          select min(at) from (
            select coalesce(next_at, now()) as at from delivery_rows q
            where connection_id = ${connectionId} and state = 'queued' and not exists (
              select from delivery_rows o where o.connection_id = q.connection_id and o.key_hash = q.key_hash
                and o.state in ('sending', 'unknown')
            )
            union all
            select coalesce(next_at, now()) from delivery_rows where connection_id = ${connectionId} and state = 'sending'
            union all
            select next_at from delivery_rows
            where connection_id = ${connectionId} and state in ('unknown', 'waiting', 'incomplete') and next_at is not null
            union all
            select now() from row_verdicts where connection_id = ${connectionId}
          ) as work
        ), now() + ${rest.pauseMs} * interval '1 millisecond'),
        failures = case when ${rest.hasFailed} then failures + 1 else 0 end,
        failing_since = case when ${rest.hasFailed} then coalesce(failing_since, now()) end
      where connection_id = ${connectionId}`);
    // Nothing to do is no time at all, however long the pause.
    await tx.execute(sql`
      update delivery_queues set due_at = null where connection_id = ${connectionId}
        and not exists (
          select from delivery_rows where connection_id = ${connectionId}
            and (state in ('queued', 'sending') or (state in ('unknown', 'waiting', 'incomplete') and next_at is not null))
        )
        and not exists (select from row_verdicts where connection_id = ${connectionId})`);
  });
}
