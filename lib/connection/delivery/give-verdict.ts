import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { connections, deliveryQueues, deliveryRows, rowVerdicts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { encryptToWorker } from "@/lib/platform/seal/worker-envelope";
import { isInGroup } from "./queries";
import type { InboxGroupKey, RowState, Verdict } from "./schema";

/** Of which states a verdict can be given: the worker looks again, since the row may have moved on. */
const GIVEN_OF: Record<Verdict, readonly RowState[]> = {
  retry: ["rejected", "waiting", "incomplete"],
  fix: ["rejected", "waiting"],
  exists: ["unknown", "waiting"],
  absent: ["unknown"],
  accept: ["waiting"],
  dismiss: ["rejected", "waiting", "unknown", "incomplete"],
};

type Asked =
  | { connectionId: string; rowId: string; verdict: Verdict; content?: string }
  | { connectionId: string; group: InboxGroupKey; verdict: "retry" | "accept" | "dismiss" };

/**
 * Writes down what a person says of one row or of a group of the inbox, for the worker to carry out. `content` is the mended
 * fields as JSON (`fix`) or the vendor's id of what exists (`exists`): it is encrypted to the worker before it is stored. Gives
 * of how many rows it was said. Throws `not_found` for another account's connection, `conflict` when no row is in a state for it.
 */
export async function giveVerdict(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  asked: Asked,
): Promise<number> {
  const { connectionId, verdict } = asked;
  const [connection] = await tx
    .select({ partnerId: connections.partnerId, vendorApplicationId: deliveryQueues.vendorApplicationId })
    .from(connections)
    .innerJoin(deliveryQueues, eq(deliveryQueues.connectionId, connections.id))
    .where(eq(connections.id, connectionId));
  if (!connection) throw new AppError("not_found", "connection");
  const sealed = "rowId" in asked ? await sealContent(tx, asked) : null;
  const which: SQL | undefined =
    "rowId" in asked
      ? and(eq(deliveryRows.connectionId, connectionId), eq(deliveryRows.id, asked.rowId))
      : isInGroup(connectionId, asked.group);
  const rows = await tx
    .select({ id: deliveryRows.id })
    .from(deliveryRows)
    .where(and(which, inArray(deliveryRows.state, [...GIVEN_OF[verdict]])));
  if (rows.length === 0) throw new AppError("conflict", "no row is in a state for this");
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    await tx
      .insert(rowVerdicts)
      .values(
        rows.slice(start, start + ROWS_AT_ONCE).map(({ id }) => ({
          ...{ rowId: id, connectionId, partnerId: connection.partnerId, accountId: viewer.accountId },
          ...{ verdict, sealed, decidedBy: viewer.userId },
        })),
      )
      // What was said before and is not carried out yet stands.
      .onConflictDoNothing();
  await tx
    .update(deliveryQueues)
    .set({ dueAt: sql`least(due_at, now())` })
    .where(eq(deliveryQueues.connectionId, connectionId));
  const { vendorApplicationId } = connection;
  await enqueueEvent(tx, "delivery/rows.waiting", { vendorApplicationId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: connection.partnerId,
    action: "delivery.verdict",
    subject: { kind: "connection", id: connectionId },
    detail: { verdict, count: rows.length },
  });
  return rows.length;
}

/** A statement has room for 65,535 parameters. */
const ROWS_AT_ONCE = 1_000;

async function sealContent(
  tx: ScopedTransaction<"customer">,
  { rowId, verdict, content }: Extract<Asked, { rowId: string }>,
): Promise<string | null> {
  const needsContent = verdict === "fix" || verdict === "exists";
  if (needsContent !== (content !== undefined))
    throw new AppError("invalid_input", needsContent ? "it has to say what" : "it says more than it may");
  return content === undefined ? null : encryptToWorker(tx, { rowId, content });
}
