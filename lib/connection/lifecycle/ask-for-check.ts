import { and, eq, inArray } from "drizzle-orm";
import { connections } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { listHoldFacts } from "@/lib/connection/hold/queries";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { findStop } from "./permissions";
import { LIVE_STATES } from "./rules";

/**
 * Has a connection checked now, by the worker. Throws `not_found` outside the account, and `conflict` when it is not live
 * any more, or is paused.
 */
export async function askForCheck(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  const [own] = await tx
    .select({ state: connections.state, attention: connections.attention })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!own) throw new AppError("not_found", "connection");
  const stop = findStop("check", own, await listHoldFacts(tx, connectionId), new Date());
  if (stop?.because === "paused") throw new AppError("conflict", "the connection is paused");
  const [asked] = await tx
    .update(connections)
    .set({ checkWantedAt: new Date() })
    .where(and(eq(connections.id, connectionId), inArray(connections.state, [...LIVE_STATES])))
    .returning({ partnerId: connections.partnerId });
  if (!asked) throw new AppError("conflict", "the connection has ended");
  await enqueueEvent(tx, "connection/check.wanted", { connectionId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: asked.partnerId,
    action: "connection.check",
    subject: { kind: "connection", id: connectionId },
  });
}
