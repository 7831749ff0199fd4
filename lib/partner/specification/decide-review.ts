import { and, eq, exists } from "drizzle-orm";
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
 * Approves or rejects a version in review, and tells the partner by mail. Where an approval takes two operators, the first one is
 * written down and nothing else happens; a rejection takes one. Throws `not_found`, `forbidden` for who submitted it, and
 * `conflict` when it was decided, taken back, or approved by the same operator before.
 */
export async function decideReview(
  tx: Operator,
  operator: Viewer,
  { specificationId, outcome, reason, comments }: ReviewDecision,
  approvalsNeeded: number,
): Promise<void> {
  // Two operators who approve at once wait for each other here: the second reads what the first wrote.
  const isOpen = and(eq(specifications.id, specificationId), eq(specifications.state, "in_review"));
  await tx.select({ id: specifications.id }).from(specifications).where(isOpen).for("update");
  const [review] = await tx
    .select({
      submittedBy: specificationReviews.submittedBy,
      firstApprovedBy: specificationReviews.firstApprovedBy,
      reason: specificationReviews.reason,
      comments: specificationReviews.comments,
      partnerId: specificationReviews.partnerId,
      reviewEmail: partners.reviewEmail,
      notifyEmail: partners.notifyEmail,
    })
    .from(specificationReviews)
    .innerJoin(partners, eq(partners.id, specificationReviews.partnerId))
    .where(eq(specificationReviews.specificationId, specificationId));
  if (!review) throw new AppError("not_found", "review");
  if (review.submittedBy === operator.userId) throw new AppError("forbidden", "an own submission");
  const isOf = eq(specificationReviews.specificationId, specificationId);
  if (outcome === "approved" && review.firstApprovedBy === operator.userId)
    throw new AppError("conflict", "approved by the same operator before");
  const words = {
    reason: reason ?? review.reason,
    comments: { ...review.comments, ...comments },
  };
  if (outcome === "approved" && approvalsNeeded > 1 && review.firstApprovedBy === null) {
    const noted = await tx
      .update(specificationReviews)
      .set({ firstApprovedBy: operator.userId, firstApprovedAt: new Date(), ...words })
      .where(and(isOf, exists(tx.select({ id: specifications.id }).from(specifications).where(isOpen))))
      .returning({ id: specificationReviews.specificationId });
    if (noted.length === 0) throw new AppError("conflict", "the version is not in review");
    await writeAudit(tx, {
      actor: { kind: "user", userId: operator.userId },
      action: "specification.approve_first",
      subject: { kind: "specification", id: specificationId },
      detail: { comments: Object.keys(comments) },
    });
    return;
  }
  const decided = await tx
    .update(specifications)
    .set({ state: outcome })
    .where(isOpen)
    .returning({ id: specifications.id });
  if (decided.length === 0) throw new AppError("conflict", "the version is not in review");
  await tx
    .update(specificationReviews)
    .set({
      decidedBy: operator.userId,
      decidedAt: new Date(),
      ...(outcome === "approved" ? words : { reason, comments }),
    })
    .where(isOf);
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
