import { and, eq, inArray, not } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { activations, connections, connectionUpdates, updateAcceptances } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { isPaused } from "@/lib/connection/hold/queries";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import { hashesShown, isOwedBy, readUpdate } from "./queries";
import type { AcceptUpdateInput } from "./schema";

/**
 * Accepts the published version for connections of the account, once for all of them: from the commit on they are on it, and the worker
 * checks what the vendor gives them. Those that a colleague accepted meanwhile, or that ended, are passed over. Gives how many followed.
 * Throws `not_found` outside the account, `gone` when another version was published, `changed_since_started` when not this text was shown,
 * and `invalid_input` when none was picked.
 */
export async function acceptUpdate(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  input: AcceptUpdateInput,
): Promise<number> {
  if (input.connections.length === 0) throw new AppError("invalid_input", "no connection was picked");
  const { update, specification } = await readUpdate(tx, input.updateId);
  if (specification.contentHash !== input.contentHash)
    throw new AppError("changed_since_started", "another text was shown");
  const ids = [...new Set(input.connections)].sort();
  const own = await tx.select({ id: connections.id }).from(connections).where(inArray(connections.id, ids));
  if (own.length < ids.length) throw new AppError("not_found", "connection");
  const owed = await tx
    .select({
      connectionId: connections.id,
      partnerId: connections.partnerId,
      accountId: connections.accountId,
      fromSpecificationId: connections.specificationId,
    })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(
      and(
        inArray(connections.id, ids),
        eq(connections.integrationId, update.integrationId),
        isOwedBy(specification.id),
      ),
    )
    .orderBy(connections.id)
    .for("update", { of: connections });
  if (owed.length === 0) return 0;
  const acceptanceId = uuidv7();
  await tx.insert(updateAcceptances).values({
    id: acceptanceId,
    accountId: viewer.accountId,
    partnerId: update.partnerId,
    integrationId: update.integrationId,
    specificationId: specification.id,
    ...hashesShown(specification, input.language),
    acceptedBy: viewer.userId,
    acceptedEmail: viewer.email,
    acceptedAt: new Date(),
  });
  await tx.insert(connectionUpdates).values(
    owed.map((one) => ({
      ...one,
      specificationId: specification.id,
      verdict: "needs_consent" as const,
      acceptanceId,
    })),
  );
  await checkRights(
    tx,
    owed.map(({ connectionId }) => connectionId),
  );
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: update.partnerId,
    action: "update.accept",
    subject: { kind: "account_update", id: update.id },
    detail: {
      specificationId: specification.id,
      contentHash: specification.contentHash,
      language: input.language,
      connections: owed.length,
    },
  });
  return owed.length;
}

/** A version with other rights: the worker compares them with those that the vendor gives. A paused one is checked when it goes on. */
async function checkRights(tx: ScopedTransaction<"customer">, connectionIds: string[]): Promise<void> {
  const asked = await tx
    .update(connections)
    .set({ checkWantedAt: new Date() })
    .where(and(inArray(connections.id, connectionIds), not(isPaused(new Date()))))
    .returning({ connectionId: connections.id });
  await enqueueEvents(tx, "connection/check.wanted", asked);
}
