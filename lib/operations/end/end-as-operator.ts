import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { activations, connections } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { beginOffboarding } from "@/lib/connection/offboarding/begin-offboarding";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";

type Operator = ScopedTransaction<"operator">;

/**
 * The operator ends a connection. Customer and partner are told by mail, with the reason. Throws `not_found`, and `conflict` when it
 * has ended or is still being activated.
 */
export async function endAsOperator(
  tx: Operator,
  viewer: Viewer,
  { connectionId, reason }: { connectionId: string; reason: string },
): Promise<void> {
  const [row] = await tx
    .select({ activationState: activations.state })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  if (row.activationState === "activating")
    throw new AppError("conflict", "the connection is still being activated");
  const asker = { by: "operator", userId: viewer.userId } as const;
  const isStopped = await beginOffboarding(tx, { connectionId, askId: randomUUID(), reason, asker });
  if (!isStopped) throw new AppError("conflict", "the connection was ended already");
  // An operator acts on no tenant's behalf: what it does names the row, never whose it is.
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    action: "connection.deactivate",
    subject: { kind: "connection", id: connectionId },
  });
}
