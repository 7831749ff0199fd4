import type { ActivateInput } from "@/lib/connectors/connector";
import type { JournalledCall } from "@/lib/connectors/vendor/vendor-call-journal";

/** One telling of the vendor what was decided about a consent of a request. */
export type SentDecision = {
  requestId: string;
  grantId: string;
  call: JournalledCall;
  decision: ActivateInput;
  sentAt: Date;
};
