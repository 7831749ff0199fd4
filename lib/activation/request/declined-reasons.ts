/**
 * What the vendor is told of environments that are not activated for another reason than the partner's. The vendor
 * shows it to the customer; plain ASCII fits every vendor's character set.
 */
export const DECLINED_REASONS = {
  not_picked: "Not selected by the customer in the activation portal.",
  cancelled: "Cancelled by the customer in the activation portal.",
  timed_out: "The integration partner did not decide in time. Please try again.",
  abandoned: "The activation was not completed in the activation portal.",
} as const;
