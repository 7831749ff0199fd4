import { and, eq, inArray } from "drizzle-orm";
import { connections } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { LIVE_STATES } from "./rules";

/**
 * Has a connection checked now, by the worker. Throws `not_found` outside the account, and `conflict` when it is not live
 * any more.
 */
export async function askForCheck(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  connectionId: string,
): Promise<void> {
  const [own] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!own) throw new AppError("not_found", "connection");
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
