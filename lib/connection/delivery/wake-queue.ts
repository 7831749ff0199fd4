import { sql } from "drizzle-orm";
import type { DoorTransaction } from "@/db/scope";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import type { Owner } from "./load-target";

/**
 * Says that a connection's queue has something to do, now or at `at`. The event goes out only when the queue was not due
 * before: a pump that works on it sees what was added meanwhile.
 */
export async function wakeQueue(
  tx: DoorTransaction,
  owner: Owner,
  vendorApplicationId: string,
  at = new Date(),
): Promise<void> {
  const [woken] = await tx.execute<{ due_before: string | null }>(sql`
    with before as (select due_at from delivery_queues where connection_id = ${owner.connectionId} for update)
    insert into delivery_queues as q (connection_id, partner_id, account_id, vendor_application_id, due_at)
    values (${owner.connectionId}, ${owner.partnerId}, ${owner.accountId}, ${vendorApplicationId}, ${at.toISOString()})
    on conflict (connection_id) do update set due_at = least(q.due_at, excluded.due_at)
    returning (select due_at from before) as due_before`);
  if (woken?.due_before && new Date(woken.due_before) <= at) return;
  await enqueueEvent(tx, "delivery/rows.waiting", { vendorApplicationId });
}
