import { eq } from "drizzle-orm";
import { activationRequests, activations } from "@/db/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { lockRequest } from "./lock-request";
import { activationMachine, requestMachine } from "./rules";
import type { RequestState } from "./schema";

/** Ends a request that nobody decided in time; does nothing when something else came first. Returns the state it has now. */
export async function timeOutActivationRequest(
  context: WorkerContext,
  requestId: string,
): Promise<RequestState> {
  return asSystem(context, "time out request", async (tx) => {
    const request = await lockRequest(tx, requestId);
    const now = new Date();
    if (request.state !== "awaiting_partner" || request.deadlineAt > now) return request.state;
    const state = requestMachine.advance(request.state, "time_out");
    await tx
      .update(activationRequests)
      .set({ state, settledAt: now, updatedAt: now })
      .where(eq(activationRequests.id, requestId));
    await tx
      .update(activations)
      .set({
        state: activationMachine.advance("awaiting_partner", "time_out"),
        isOccupying: false,
        stateSince: now,
      })
      .where(eq(activations.requestId, requestId));
    return state;
  });
}
