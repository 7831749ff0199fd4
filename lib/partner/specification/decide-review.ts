import { and, eq } from "drizzle-orm";
import { partners, specificationReviews, specifications } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { AppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { writeAudit } from "@/lib/platform/audit/write-audit";
import { queueMail } from "@/lib/platform/outbox/queue-mail";

type Operator = ScopedTransaction<"operator">;
export type ReviewDecision = {
  specificationId: string;
  outcome: "approved" | "rejected";
  reason: string | null;
  /** By field of the specification. */
  comments: Record<string, string>;
};

/**
 * Approves or rejects a version in review, and tells the partner by mail. Throws `not_found`, `forbidden` for who submitted it,
 * and `conflict` when it was decided or taken back.
 */
export async function decideReview(
  tx: Operator,
  operator: Viewer,
  { specificationId, outcome, reason, comments }: ReviewDecision,
): Promise<void> {
  const [review] = await tx
    .select({
      submittedBy: specificationReviews.submittedBy,
      partnerId: specificationReviews.partnerId,
      reviewEmail: partners.reviewEmail,
      notifyEmail: partners.notifyEmail,
    })
    .from(specificationReviews)
    .innerJoin(partners, eq(partners.id, specificationReviews.partnerId))
    .where(eq(specificationReviews.specificationId, specificationId));
  if (!review) throw new AppError("not_found", "review");
  if (review.submittedBy === operator.userId) throw new AppError("forbidden", "an own submission");
  const decided = await tx
    .update(specifications)
    .set({ state: outcome })
    .where(and(eq(specifications.id, specificationId), eq(specifications.state, "in_review")))
    .returning({ id: specifications.id });
  if (decided.length === 0) throw new AppError("conflict", "the version is not in review");
  await tx
    .update(specificationReviews)
    .set({ decidedBy: operator.userId, decidedAt: new Date(), reason, comments })
    .where(eq(specificationReviews.specificationId, specificationId));
  await queueMail(tx, {
    kind: `specification_${outcome}`,
    subjectId: specificationId,
    partnerId: review.partnerId,
    recipient: review.reviewEmail ?? review.notifyEmail,
    locale: "en",
  });
  await writeAudit(tx, {
    actor: { kind: "user", userId: operator.userId },
    action: outcome === "approved" ? "specification.approve" : "specification.reject",
    subject: { kind: "specification", id: specificationId },
    detail: { comments: Object.keys(comments) },
  });
}
