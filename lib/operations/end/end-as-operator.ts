import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { activations, connections, integrations, partners } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { connectorOf } from "@/lib/catalogue/integration/queries";
import { isLive } from "@/lib/connection/lifecycle/rules";
import { beginOffboarding } from "@/lib/connection/offboarding/begin-offboarding";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import type { OperatedConnection } from "./schema";

type Operator = ScopedTransaction<"operator">;

/** Throws `not_found`. */
export async function getOperatedConnection(tx: Operator, connectionId: string): Promise<OperatedConnection> {
  const [row] = await tx
    .select({
      id: connections.id,
      requestId: activations.requestId,
      partnerName: partners.name,
      integration: integrations.slug,
      connector: integrations.connector,
      stage: integrations.stage,
      state: connections.state,
      attention: connections.attention,
      stateSince: connections.stateSince,
      activationState: activations.state,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .innerJoin(integrations, eq(integrations.id, connections.integrationId))
    .innerJoin(partners, eq(partners.id, connections.partnerId))
    .where(eq(connections.id, connectionId));
  if (!row) throw new AppError("not_found", "connection");
  const { connector, stateSince, activationState, ...shown } = row;
  return {
    ...shown,
    connectorName: connectorOf(connector).name,
    since: stateSince.toISOString(),
    canEnd: isLive(row.state) && activationState !== "activating",
  };
}

/**
 * The operator ends a connection. Customer and partner are told by mail, with the reason. Throws `not_found`, and `conflict` when it
 * has ended or is still being activated.
 */
export async function endAsOperator(
  tx: Operator,
  viewer: Viewer,
  { connectionId, reason }: { connectionId: string; reason: string },
): Promise<void> {
  const { canEnd } = await getOperatedConnection(tx, connectionId);
  if (!canEnd) throw new AppError("conflict", "it has ended, or is still being activated");
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
