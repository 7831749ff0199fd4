import { eq } from "drizzle-orm";
import { activationRequests, activations } from "@/db/schema";
import type { RequestTransaction, ScopedTransaction } from "@/db/scope";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";
import { lockRequest } from "./lock-request";
import { activationMachine, requestMachine } from "./rules";

type Canceller = { userId: string };

/** Cancels a request that still waits, for its customer or its partner. Throws `conflict` when it was decided, timed out or cancelled first. */
export async function cancelActivationRequest(
  tx: RequestTransaction | ScopedTransaction<"partner">,
  { userId }: Canceller,
  requestId: string,
): Promise<void> {
  const request = await lockRequest(tx, requestId);
  const now = new Date();
  await tx
    .update(activationRequests)
    .set({ state: requestMachine.advance(request.state, "cancel"), settledAt: now, updatedAt: now })
    .where(eq(activationRequests.id, requestId));
  await tx
    .update(activations)
    .set({
      state: activationMachine.advance("awaiting_partner", "cancel"),
      isOccupying: false,
      stateSince: now,
    })
    .where(eq(activations.requestId, requestId));
  await enqueueEvent(tx, "activation/request.decided", { requestId });
  await writeAudit(tx, {
    actor: { kind: "user", userId },
    accountId: request.accountId,
    partnerId: request.partnerId,
    action: "request.cancel",
    subject: { kind: "activation_request", id: requestId },
  });
}
