import { eq } from "drizzle-orm";
import { activationRequests, requestNotes } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";

/** Leaves a note on a request for the partner's other members. Throws `forbidden` or `not_found`. */
export async function addNote(
  tx: ScopedTransaction<"partner">,
  member: PartnerMember,
  { requestId, body }: { requestId: string; body: string },
): Promise<void> {
  assertMay(member, "requests.note");
  const [request] = await tx
    .select({ accountId: activationRequests.accountId })
    .from(activationRequests)
    .where(eq(activationRequests.id, requestId));
  if (!request) throw new AppError("not_found", "activation request");
  const { partnerId, userId: authorId } = member;
  await tx
    .insert(requestNotes)
    .values({ requestId, partnerId, accountId: request.accountId, authorId, body });
  await writeAudit(tx, {
    actor: { kind: "user", userId: authorId },
    partnerId,
    accountId: request.accountId,
    action: "request.note",
    subject: { kind: "activation_request", id: requestId },
  });
}
