import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { connections, holds } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import type { ConnectionActor } from "@/lib/connection/lifecycle/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { beginOffboardings } from "./begin-offboarding";

const BATCH = 200;

type Hold = typeof holds.$inferSelect;

function askerOf({ setBy, setByUser, setByKey }: Hold): ConnectionActor | null {
  if (setBy === "partner" && setByKey) return { by: "partner", keyId: setByKey };
  return setByUser ? { by: setBy, userId: setByUser } : null;
}

/**
 * Ends connections whose day has come, in the name of who set the day; those of an account with the same setter and reason are one asking,
 * which has one mail. Returns how many.
 */
export async function endDueConnections(tx: SystemTransaction, now: Date): Promise<number> {
  const due = await tx
    .select({ hold: holds })
    .from(holds)
    .innerJoin(connections, eq(connections.id, holds.connectionId))
    .where(
      and(
        eq(holds.kind, "scheduled_end"),
        isNull(holds.liftedAt),
        lte(holds.until, now),
        inArray(connections.state, [...LIVE_STATES]),
      ),
    )
    .orderBy(asc(holds.until))
    .limit(BATCH)
    .for("update", { of: holds, skipLocked: true });
  const askings = new Map<string, Hold[]>();
  for (const { hold } of due) {
    const { accountId, partnerId, setBy, setByUser, setByKey, reason } = hold;
    const key = JSON.stringify([accountId, partnerId, setBy, setByUser, setByKey, reason]);
    askings.set(key, [...(askings.get(key) ?? []), hold]);
  }
  let ended = 0;
  for (const asked of askings.values()) {
    const [first] = asked;
    const asker = first && askerOf(first);
    if (!asker) continue;
    const { reason } = first;
    const stopped = await beginOffboardings(
      tx,
      asked.map(({ connectionId }) => connectionId),
      { askId: randomUUID(), reason, asker },
    );
    await tx
      .update(holds)
      .set({ liftedAt: now })
      .where(
        inArray(
          holds.id,
          asked.map(({ id }) => id),
        ),
      );
    ended += stopped.length;
    const holdOf = new Map(asked.map(({ connectionId, id }) => [connectionId, id]));
    for (const { connectionId, accountId, partnerId } of stopped)
      await writeAudit(tx, {
        actor: { kind: "system" },
        accountId,
        partnerId,
        action: "connection.end_on_day",
        subject: { kind: "connection", id: connectionId },
        detail: { holdId: holdOf.get(connectionId) ?? "" },
      });
  }
  return ended;
}
