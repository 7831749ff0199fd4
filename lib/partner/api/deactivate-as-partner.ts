import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { activations, connections } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { beginOffboarding } from "@/lib/connection/offboarding/begin-offboarding";
import { AppError } from "@/lib/core/app-error";
import { endConnections } from "@/lib/partner/monitoring/end-connections";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import type { ApiCaller } from "./schema";

/**
 * The partner ends a connection of its own. One that was ended already, by whomever, is `repeated` and keeps its record.
 * Throws `not_found` for another partner's and `conflict` while it is being activated.
 */
export async function deactivateAsPartner(
  tx: ScopedTransaction<"partner">,
  caller: ApiCaller,
  connectionId: string,
  reason: string,
): Promise<"begun" | "repeated"> {
  const [row] = await tx
    .select({ accountId: connections.accountId, activationState: activations.state })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  if (row.activationState === "activating")
    throw new AppError("conflict", "the connection is still being activated");
  const asker = { by: "partner", keyId: caller.keyId } as const;
  if (!(await beginOffboarding(tx, { connectionId, askId: randomUUID(), reason, asker }))) return "repeated";
  await writeAudit(tx, {
    actor: { kind: "api_key", keyId: caller.keyId },
    partnerId: caller.partnerId,
    accountId: row.accountId,
    action: "connection.deactivate",
    subject: { kind: "connection", id: connectionId },
  });
  return "begun";
}

/**
 * The partner ends all that it has of the customer of this connection; `expected` is how many. Asked again, nothing is left to
 * end. Throws as `endConnections`.
 */
export async function deactivateCustomer(
  tx: ScopedTransaction<"partner">,
  caller: ApiCaller,
  connectionId: string,
  wanted: { reason: string; expected: number },
): Promise<{ connectionIds: string[] }> {
  const asker = { by: "partner", keyId: caller.keyId } as const;
  const { connectionIds } = await endConnections(tx, asker, caller.partnerId, {
    ...wanted,
    connectionId,
    extent: "customer",
  });
  return { connectionIds };
}
