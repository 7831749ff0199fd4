import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { activations, connections } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { beginOffboarding } from "./begin-offboarding";

/**
 * Ends connections of the customer's account. Throws `not_found` when one of them is not the account's, `conflict` when
 * one is still being activated or none of them is live any more; ended ones among live ones are passed over.
 */
export async function deactivateConnections(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  wanted: { connectionIds: readonly string[]; reason: string | null; removesPrepared?: boolean },
): Promise<void> {
  const ids = [...new Set(wanted.connectionIds)].sort();
  const rows = await tx
    .select({ connection: connections, activationState: activations.state })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(inArray(connections.id, ids))
    .orderBy(connections.id);
  if (rows.length < ids.length) throw new AppError("not_found", "connection");
  if (rows.some((row) => row.activationState === "activating"))
    throw new AppError("conflict", "a connection is still being activated");
  const live = rows.map((row) => row.connection).filter(({ state }) => isLive(state));
  if (live.length === 0) throw new AppError("conflict", "the connection was ended already");
  // One mail to each side: an asking that concerns several partners is one for each of them.
  const askIds = new Map(live.map(({ partnerId }) => [partnerId, randomUUID()]));
  for (const { id, partnerId } of live) {
    const askId = askIds.get(partnerId) ?? randomUUID();
    const asker = { by: "customer", userId: viewer.userId } as const;
    const isStopped = await beginOffboarding(tx, {
      connectionId: id,
      askId,
      reason: wanted.reason,
      asker,
      removesPrepared: wanted.removesPrepared,
    });
    if (!isStopped) continue;
    await writeAudit(tx, {
      actor: { kind: "user", userId: viewer.userId },
      accountId: viewer.accountId,
      partnerId,
      action: "connection.deactivate",
      subject: { kind: "connection", id },
    });
  }
}
