import { and, inArray } from "drizzle-orm";
import { connections, offboardingSteps, offboardings } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectionMachine, keyOf, userOf } from "@/lib/connection/lifecycle/rules";
import type { ConnectionActor } from "@/lib/connection/lifecycle/schema";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";

type Asking = {
  askId: string;
  reason: string | null;
  asker: ConnectionActor;
  /** What the preparation made in the vendor system goes as well, where no other connection uses it. */
  removesPrepared?: boolean;
};
type Writer = ScopedTransaction<"customer" | "partner" | "operator" | "system">;
type Stopped = { connectionId: string; partnerId: string; accountId: string };

/** A statement has room for 65,535 parameters. */
const AT_ONCE = 1000;

/**
 * Stops connections in the caller's transaction: within a second of its commit nothing is called with their keys any more, which the
 * worker then records, and what waits for them does nothing. The vendor is seen to in the background. Gives those that this asking
 * has stopped; the others had ended already.
 */
export async function beginOffboardings(
  tx: Writer,
  connectionIds: readonly string[],
  { askId, reason, asker, removesPrepared = false }: Asking,
): Promise<Stopped[]> {
  // In one order, so that two askings that meet wait for each other and do not lock each other out.
  const ids = [...new Set(connectionIds)].sort();
  const all: Stopped[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const isWanted = and(
      inArray(connections.id, ids.slice(start, start + AT_ONCE)),
      inArray(connections.state, connectionMachine.statesBefore("offboard")),
    );
    await tx
      .select({ id: connections.id })
      .from(connections)
      .where(isWanted)
      .orderBy(connections.id)
      .for("update");
    const stopped = await tx
      .update(connections)
      .set({ state: "offboarding", attention: null, stateSince: new Date() })
      .where(isWanted)
      .returning({
        connectionId: connections.id,
        partnerId: connections.partnerId,
        accountId: connections.accountId,
      });
    if (stopped.length === 0) continue;
    await tx.insert(offboardings).values(
      stopped.map((owned) => ({
        ...owned,
        askId,
        reason,
        removesPrepared,
        askedBy: asker.by,
        askedByUser: userOf(asker),
        askedByKey: keyOf(asker),
      })),
    );
    await tx.insert(offboardingSteps).values(stopped.map((owned) => ({ ...owned, kind: "asked" as const })));
    all.push(...stopped);
  }
  await enqueueEvents(
    tx,
    "connection/offboarding.wanted",
    all.map(({ connectionId }) => ({ connectionId })),
  );
  return all;
}

/** The same for one connection. False when it had ended already. */
export async function beginOffboarding(
  tx: Writer,
  { connectionId, ...asking }: Asking & { connectionId: string },
): Promise<boolean> {
  return (await beginOffboardings(tx, [connectionId], asking)).length > 0;
}
