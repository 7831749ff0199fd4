import type { Tone } from "@/components/ui/tone";
import type { SubmissionState } from "@/lib/partner/specification/schema";

export const SUBMISSION_TONES: Readonly<Record<SubmissionState, Tone>> = {
  in_review: "info",
  approved: "warning",
  rejected: "danger",
  withdrawn: "neutral",
};
