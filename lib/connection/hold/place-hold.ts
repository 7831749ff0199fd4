import { and, eq, lte } from "drizzle-orm";
import { activations, connections, holds } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isLive, keyOf, userOf } from "@/lib/connection/lifecycle/rules";
import type { ConnectionActor } from "@/lib/connection/lifecycle/schema";
import { AppError } from "@/lib/core/app-error";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import type { HoldKind } from "./schema";

export type HoldWriter = ScopedTransaction<"customer" | "partner" | "operator">;
type Wanted = {
  connectionId: string;
  kind: HoldKind;
  reason: string | null;
  since: Date;
  /** null: until it is lifted. */
  until: Date | null;
};

/**
 * Pauses a connection, or has it end on a day. Nothing of it is destroyed. Throws `not_found` for somebody else's,
 * `conflict` for one that has ended or is still being activated, and where the same side holds it already.
 */
export async function placeHold(tx: HoldWriter, actor: ConnectionActor, wanted: Wanted): Promise<void> {
  const { connectionId, kind } = wanted;
  const [connection] = await tx
    .select({
      state: connections.state,
      activationState: activations.state,
      partnerId: connections.partnerId,
      accountId: connections.accountId,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(eq(connections.id, connectionId));
  if (!connection) throw new AppError("not_found", "connection");
  if (!isLive(connection.state)) throw new AppError("conflict", "the connection has ended");
  if (connection.activationState === "activating")
    throw new AppError("conflict", "the connection is still being activated");
  await closePast(tx, actor, wanted);
  const [placed] = await tx
    .insert(holds)
    .values({
      connectionId,
      partnerId: connection.partnerId,
      accountId: connection.accountId,
      kind,
      setBy: actor.by,
      setByUser: userOf(actor),
      setByKey: keyOf(actor),
      reason: wanted.reason,
      since: wanted.since,
      until: wanted.until,
    })
    .onConflictDoNothing()
    .returning({ id: holds.id });
  if (!placed) throw new AppError("conflict", "the same side holds it already");
  await writeHoldAudit(tx, actor, connection, {
    action: kind === "pause" ? "connection.pause" : "connection.schedule_end",
    connectionId,
  });
}

/** A hold of this side whose day came since the last sweep does not keep a new one out. */
async function closePast(
  tx: HoldWriter,
  { by }: ConnectionActor,
  { connectionId, kind, since }: Wanted,
): Promise<void> {
  if (kind !== "pause") return;
  await tx
    .update(holds)
    .set({ liftedAt: since })
    .where(
      and(
        eq(holds.connectionId, connectionId),
        eq(holds.kind, kind),
        eq(holds.setBy, by),
        lte(holds.until, since),
      ),
    );
}

export type HoldAction =
  | "connection.pause"
  | "connection.resume"
  | "connection.schedule_end"
  | "connection.keep";
type Owner = { partnerId: string; accountId: string };

export async function writeHoldAudit(
  tx: HoldWriter,
  actor: ConnectionActor,
  { partnerId, accountId }: Owner,
  { action, connectionId }: { action: HoldAction; connectionId: string },
): Promise<void> {
  const userId = userOf(actor);
  await writeAudit(tx, {
    actor: userId ? { kind: "user", userId } : { kind: "api_key", keyId: keyOf(actor) ?? "" },
    // An operator acts on no tenant's behalf: what it does names the row, never whose it is.
    ...(actor.by !== "operator" && { partnerId, accountId }),
    action,
    subject: { kind: "connection", id: connectionId },
  });
}
