import { and, eq, isNull, sql } from "drizzle-orm";
import { connections, holds, retirements } from "@/db/schema";
import { isLive, keyOf, userOf } from "@/lib/connection/lifecycle/rules";
import type { ConnectionActor } from "@/lib/connection/lifecycle/schema";
import { AppError } from "@/lib/core/app-error";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { type HoldWriter, writeHoldAudit } from "./place-hold";
import { canLift } from "./rules";

/**
 * Lifts a hold: a paused connection goes on, and is checked at once, since its daily checks were left out; an end on a day
 * is off. Throws `not_found` for somebody else's connection, `forbidden` for another side's hold, and `conflict` when it is
 * lifted already.
 */
export async function liftHold(tx: HoldWriter, actor: ConnectionActor, holdId: string): Promise<void> {
  const [hold] = await tx
    .select({
      kind: holds.kind,
      setBy: holds.setBy,
      connectionId: holds.connectionId,
      state: connections.state,
      partnerId: connections.partnerId,
      accountId: connections.accountId,
      isRetirement: sql<boolean>`${holds.setBy} = 'partner' and exists (select from ${retirements}
        where ${retirements.integrationId} = ${connections.integrationId} and ${retirements.withdrawnAt} is null)`,
    })
    .from(holds)
    .innerJoin(connections, eq(connections.id, holds.connectionId))
    .where(eq(holds.id, holdId));
  if (!hold) throw new AppError("not_found", "hold");
  if (!canLift(actor.by, hold.setBy)) throw new AppError("forbidden", "another side set this hold");
  // The worker would set it again: an integration that is given up ends everywhere.
  if (hold.kind === "scheduled_end" && hold.isRetirement)
    throw new AppError("conflict", "the integration is given up");
  const [lifted] = await tx
    .update(holds)
    .set({
      liftedAt: new Date(),
      liftedBy: actor.by,
      liftedByUser: userOf(actor),
      liftedByKey: keyOf(actor),
    })
    .where(and(eq(holds.id, holdId), isNull(holds.liftedAt)))
    .returning({ id: holds.id });
  if (!lifted) throw new AppError("conflict", "the hold is lifted already");
  const { connectionId } = hold;
  if (hold.kind === "pause" && isLive(hold.state))
    await enqueueEvent(tx, "connection/check.wanted", { connectionId });
  const action = hold.kind === "pause" ? "connection.resume" : "connection.keep";
  await writeHoldAudit(tx, actor, hold, { action, connectionId });
}
