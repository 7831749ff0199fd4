import { and, eq } from "drizzle-orm";
import { specificationReviews } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { enqueueEvent } from "@/lib/platform/outbox/enqueue-event";

/**
 * Sets when an approved version is published by itself, sets another time, or with null takes the time back. Throws `forbidden`,
 * or `not_found` when the partner has no such version that is approved.
 */
export async function schedulePublication(
  tx: ScopedTransaction<"partner">,
  member: PartnerMember,
  specificationId: string,
  publishAt: Date | null,
): Promise<void> {
  assertMay(member, "specifications.edit");
  // Other versions than approved ones are no rows of this statement: the policy leaves them out.
  const set = await tx
    .update(specificationReviews)
    .set({ publishAt, publishSetBy: member.userId, publishRefused: null })
    .where(
      and(
        eq(specificationReviews.specificationId, specificationId),
        eq(specificationReviews.partnerId, member.partnerId),
      ),
    )
    .returning({ specificationId: specificationReviews.specificationId });
  if (set.length === 0) throw new AppError("not_found", "approved version");
  if (publishAt) await enqueueEvent(tx, "specification/publication.set", { specificationId });
  await writeAudit(tx, {
    actor: { kind: "user", userId: member.userId },
    partnerId: member.partnerId,
    action: "specification.schedule",
    subject: { kind: "specification", id: specificationId },
    detail: { at: publishAt?.toISOString() ?? null },
  });
}
