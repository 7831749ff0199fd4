import { and, inArray, not } from "drizzle-orm";
import { auditLog, connections } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isPaused } from "@/lib/connection/hold/queries";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import { LIVE_STATES } from "./rules";

/**
 * Has several connections checked by the worker, in few statements. What is paused or not live any more is passed over. Throws
 * `not_found` when one of them is outside the account, and `conflict` when none is left. Returns how many are asked for.
 */
export async function askForChecks(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  connectionIds: readonly string[],
): Promise<number> {
  const ids = [...new Set(connectionIds)];
  const own = await tx.select({ id: connections.id }).from(connections).where(inArray(connections.id, ids));
  if (own.length < ids.length) throw new AppError("not_found", "connection");
  const asked = await tx
    .update(connections)
    .set({ checkWantedAt: new Date() })
    .where(
      and(
        inArray(connections.id, ids),
        inArray(connections.state, [...LIVE_STATES]),
        not(isPaused(new Date())),
      ),
    )
    .returning({ connectionId: connections.id, partnerId: connections.partnerId });
  if (asked.length === 0) throw new AppError("conflict", "the connections have ended or are paused");
  await enqueueEvents(
    tx,
    "connection/check.wanted",
    asked.map(({ connectionId }) => ({ connectionId })),
  );
  await tx.insert(auditLog).values(
    asked.map(({ connectionId, partnerId }) => ({
      actorKind: "user" as const,
      actorId: viewer.userId,
      accountId: viewer.accountId,
      partnerId,
      action: "connection.check",
      subjectKind: "connection",
      subjectId: connectionId,
      outcome: "done" as const,
      detail: {},
    })),
  );
  return asked.length;
}
