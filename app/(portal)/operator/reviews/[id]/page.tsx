import { notFound } from "next/navigation";
import { z } from "zod";
import { ReviewPage } from "@/components/operator/reviews/review-page";
import { isAppError } from "@/lib/core/app-error";
import { getReview } from "@/lib/partner/specification/review-queries";
import { getOperator } from "@/lib/people/auth/operator";
import { getWebEnv } from "@/lib/platform/env";
import { asOperator } from "../../../as-operator";
import { decideReviewAction } from "../actions";

type Props = { params: Promise<{ id: string }> };

/** One submitted version, and the decision about it. */
export default async function OperatorReviewPage({ params }: Props) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const viewer = await getOperator(`/operator/reviews/${id}`);
  const review = await asOperator(viewer, (tx) => getReview(tx, viewer, id)).catch((error: unknown) => {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  });
  return (
    <ReviewPage
      review={review}
      listHref="/operator/reviews"
      decide={decideReviewAction}
      approvalsNeeded={getWebEnv().KYTKIN_REVIEW_APPROVALS}
    />
  );
}
