import { and, eq } from "drizzle-orm";
import { activationRequests, activations, connections } from "@/db/schema";
import { queueMail } from "@/lib/outbox/queue-mail";
import { asSystem, type WorkerContext } from "@/lib/worker-context";
import { lockRequest } from "./lock-request";
import { isSettled, requestMachine } from "./rules";

/**
 * Closes a request whose activations have all ended and queues its one mail. A request that timed out is settled
 * already and only gets its mail; a cancelled one gets none. Returns whether the request is settled now.
 */
export async function settleActivationRequest(context: WorkerContext, requestId: string): Promise<boolean> {
  return asSystem(context, "settle request", async (tx) => {
    const request = await lockRequest(tx, requestId);
    if (request.state === "cancelled") return true;
    if (!isSettled(request.activations.map((activation) => activation.state))) return false;
    if (request.state !== "settled") {
      const now = new Date();
      await tx
        .update(activationRequests)
        .set({ state: requestMachine.advance(request.state, "settle"), settledAt: now, updatedAt: now })
        .where(eq(activationRequests.id, requestId));
    }
    await queueMail(tx, {
      kind: "request_settled",
      subjectId: requestId,
      accountId: request.accountId,
      partnerId: request.partnerId,
      recipient: request.notifiedEmail,
      locale: request.locale,
    });
    return true;
  });
}

/** Connections of the request that have yet to be checked. */
export async function listUnverifiedConnections(
  context: WorkerContext,
  requestId: string,
): Promise<string[]> {
  return asSystem(context, "list connections", async (tx) => {
    const rows = await tx
      .select({ id: connections.id })
      .from(connections)
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .where(and(eq(activations.requestId, requestId), eq(activations.state, "activating")))
      .orderBy(connections.id);
    return rows.map((row) => row.id);
  });
}
