import { eq } from "drizzle-orm";
import { activationRequests, activations, drafts } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { isRetryable } from "./rules";

/**
 * Prepares a new request for what did not become active. The acceptance is kept (the page asks for a fresh one when the
 * specification has changed), the environments are remembered, and the customer goes to the vendor again for a consent.
 * Returns the link to go on with. An open draft of the same integration is gone on with instead. Throws `conflict` when
 * nothing can be retried.
 */
export async function retryActivationRequest(
  tx: ScopedTransaction<"customer">,
  viewer: Viewer,
  requestId: string,
): Promise<string> {
  const [request] = await tx.select().from(activationRequests).where(eq(activationRequests.id, requestId));
  if (!request) throw new AppError("not_found", "activation request");
  const ended = await tx.select().from(activations).where(eq(activations.requestId, requestId));
  const wanted = ended.filter(isRetryable);
  if (request.settledAt === null || wanted.length === 0) throw new AppError("conflict", "nothing to retry");
  const [accepted] = await tx.select().from(drafts).where(eq(drafts.id, request.draftId));
  if (!accepted) throw new AppError("not_found", "draft");

  const [draft] = await tx
    .insert(drafts)
    .values({
      accountId: request.accountId,
      integrationId: request.integrationId,
      partnerId: request.partnerId,
      linkToken: request.linkToken,
      specificationId: accepted.specificationId,
      contentHash: accepted.contentHash,
      language: accepted.language,
      structureHash: accepted.structureHash,
      languageHash: accepted.languageHash,
      acceptedBy: accepted.acceptedBy,
      acceptedAt: accepted.acceptedAt,
      settings: request.settings,
      wantedExternalIds: wanted.map((row) => row.externalId),
      retryOf: request.id,
    })
    .onConflictDoNothing()
    .returning({ id: drafts.id });
  await writeAudit(tx, {
    actor: { kind: "user", userId: viewer.userId },
    accountId: viewer.accountId,
    partnerId: request.partnerId,
    action: "request.retry",
    subject: { kind: "activation_request", id: requestId },
    detail: { environments: wanted.length, newDraft: draft?.id ?? null },
  });
  return request.linkToken;
}
