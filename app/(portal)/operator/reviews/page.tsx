import { ReviewList } from "@/components/operator/reviews/review-list";
import { listReviews } from "@/lib/partner/specification/review-queries";
import { getOperator } from "@/lib/people/auth/operator";
import { asOperator } from "../../as-operator";

/** Versions that wait for a review. */
export default async function ReviewsPage() {
  const viewer = await getOperator("/operator/reviews");
  return (
    <ReviewList {...(await asOperator(viewer, (tx) => listReviews(tx, viewer)))} base="/operator/reviews" />
  );
}
