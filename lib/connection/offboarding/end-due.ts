import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { connections, holds } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import type { ConnectionActor } from "@/lib/connection/lifecycle/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { beginOffboarding } from "./begin-offboarding";

const BATCH = 200;

type Hold = typeof holds.$inferSelect;

function askerOf({ setBy, setByUser, setByKey }: Hold): ConnectionActor | null {
  if (setBy === "partner" && setByKey) return { by: "partner", keyId: setByKey };
  return setByUser ? { by: setBy, userId: setByUser } : null;
}

/** Ends connections whose day has come, in the name of who set the day. Returns how many. */
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
  let ended = 0;
  for (const { hold } of due) {
    const { connectionId, partnerId, accountId, reason } = hold;
    const asker = askerOf(hold);
    if (!asker) continue;
    const isEnded = await beginOffboarding(tx, { connectionId, askId: randomUUID(), reason, asker });
    await tx.update(holds).set({ liftedAt: now }).where(eq(holds.id, hold.id));
    if (!isEnded) continue;
    ended++;
    await writeAudit(tx, {
      actor: { kind: "system" },
      accountId,
      partnerId,
      action: "connection.end_on_day",
      subject: { kind: "connection", id: connectionId },
      detail: { holdId: hold.id },
    });
  }
  return ended;
}
