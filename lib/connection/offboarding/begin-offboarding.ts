import { and, eq, inArray } from "drizzle-orm";
import { connections, offboardingSteps, offboardings } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectionMachine, keyOf, userOf } from "@/lib/connection/lifecycle/rules";
import type { ConnectionActor } from "@/lib/connection/lifecycle/schema";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

type Ending = {
  connectionId: string;
  askId: string;
  reason: string | null;
  asker: ConnectionActor;
  /** What the preparation made in the vendor system goes as well, where no other connection uses it. */
  removesPrepared?: boolean;
};

/**
 * Stops a connection in the caller's transaction: within a second of its commit nothing is called with its key any more, which the
 * worker then records, and what waits for it does nothing. The vendor is seen to in the background. False when somebody else has ended it already.
 */
export async function beginOffboarding(
  tx: ScopedTransaction<"customer" | "partner" | "operator" | "system">,
  { connectionId, askId, reason, asker, removesPrepared = false }: Ending,
): Promise<boolean> {
  const [stopped] = await tx
    .update(connections)
    .set({ state: "offboarding", attention: null, stateSince: new Date() })
    .where(
      and(
        eq(connections.id, connectionId),
        inArray(connections.state, connectionMachine.statesBefore("offboard")),
      ),
    )
    .returning({ partnerId: connections.partnerId, accountId: connections.accountId });
  if (!stopped) return false;
  const owned = { ...stopped, connectionId };
  await tx.insert(offboardings).values({
    ...owned,
    askId,
    reason,
    removesPrepared,
    askedBy: asker.by,
    askedByUser: userOf(asker),
    askedByKey: keyOf(asker),
  });
  await tx.insert(offboardingSteps).values({ ...owned, kind: "asked" });
  await enqueueEvent(tx, "connection/offboarding.wanted", { connectionId });
  return true;
}
