import { and, desc, eq, isNull, ne } from "drizzle-orm";
import {
  activationRequests,
  activations,
  connections,
  invitations,
  memberships,
  requestGuests,
  users,
} from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { queueMail } from "@/lib/platform/outbox/queue-mail";
import { closeTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { findRecipient } from "./find-recipient";
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
    await closeTask(tx, "request_stuck", requestId);
    const mail = { subjectId: requestId, accountId: request.accountId, partnerId: request.partnerId };
    const member = (await findGuestWhoSubmitted(tx, request)) ?? (await findRecipient(tx, request));
    if (member) await queueMail(tx, { kind: "request_settled", ...mail, ...member });
    const sender = await findHandOverSender(tx, request);
    if (sender && sender.recipient !== member?.recipient)
      await queueMail(tx, { kind: "request_settled_copy", ...mail, ...sender });
    return true;
  });
}

/** Who submitted as a guest and still has the request in hand is told of its end. */
export async function findGuestWhoSubmitted(
  tx: ScopedTransaction<"system">,
  { draftId, submittedBy, locale }: typeof activationRequests.$inferSelect,
): Promise<{ recipient: string; locale: string } | null> {
  const [guest] = await tx
    .select({ recipient: users.email })
    .from(requestGuests)
    .innerJoin(users, eq(users.id, requestGuests.userId))
    .where(
      and(
        eq(requestGuests.draftId, draftId),
        eq(requestGuests.userId, submittedBy),
        isNull(requestGuests.endedAt),
      ),
    );
  return guest ? { ...guest, locale } : null;
}

/** Who prepared the request and handed it to a colleague follows it too, as long as they are in the account. */
export async function findHandOverSender(
  tx: ScopedTransaction<"system">,
  request: Pick<typeof activationRequests.$inferSelect, "draftId" | "accountId" | "submittedBy">,
): Promise<{ recipient: string; locale: string } | null> {
  const [sender] = await tx
    .select({ recipient: users.email, locale: users.locale })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .innerJoin(
      memberships,
      and(eq(memberships.userId, users.id), eq(memberships.accountId, invitations.accountId)),
    )
    .where(
      and(
        eq(invitations.draftId, request.draftId),
        eq(invitations.state, "accepted"),
        ne(invitations.invitedBy, request.submittedBy),
      ),
    )
    .orderBy(desc(invitations.endedAt))
    .limit(1);
  return sender ?? null;
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
