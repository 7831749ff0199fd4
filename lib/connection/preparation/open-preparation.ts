import { eq } from "drizzle-orm";
import { connectionPreparations } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import type { AttentionCause } from "@/lib/connection/lifecycle/schema";
import { getConnector } from "@/lib/connectors/registry";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { hasWritten } from "./queries";

type Prepared = {
  id: string;
  partnerId: string;
  accountId: string;
  environmentId: string;
  connector: string;
  /** The request's own job prepares what it activates. */
  isActivating: boolean;
};

/**
 * What keeps a connection whose check found nothing wrong from being active: the preparation, begun here when it is the first
 * time. null: nothing.
 */
export async function openPreparation(
  tx: SystemTransaction,
  { id: connectionId, partnerId, accountId, environmentId, connector, isActivating }: Prepared,
): Promise<Extract<AttentionCause, "preparation_pending" | "not_prepared"> | null> {
  const { prepare } = getConnector(connector);
  if (!prepare) return null;
  const [known] = await tx
    .select({ state: connectionPreparations.state })
    .from(connectionPreparations)
    .where(eq(connectionPreparations.connectionId, connectionId));
  if (known?.state === "ready") return null;
  if (known?.state === "blocked") return "not_prepared";
  if (!known) {
    // Rows that were written before this version keep the places of their keys: elsewhere they would not be found again.
    const choices = (await hasWritten(tx, connectionId)) ? prepare.withoutPreparation : {};
    await tx
      .insert(connectionPreparations)
      .values({ connectionId, partnerId, accountId, environmentId, choices })
      .onConflictDoNothing();
    if (!isActivating)
      await enqueueEvent(tx, "connection/preparation.wanted", { connectionId, environmentId });
  }
  return "preparation_pending";
}
