import type { ActivateInput } from "@/lib/connectors/connector";
import type { JournalledCall } from "@/lib/vendor/vendor-call-journal";

/** One telling of the vendor what was decided about a request. */
export type VendorTelling = {
  requestId: string;
  call: JournalledCall;
  decision: ActivateInput;
  sentAt: Date;
};
