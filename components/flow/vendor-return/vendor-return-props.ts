import type { FormAction, PlainFormAction } from "@/components/ui/form-state";
import type { VendorReturnView } from "@/lib/activation/grant/schema";

export type VendorReturnProps = {
  view: Exclude<VendorReturnView, { state: "done" }>;
  /** Claims the vendor's request for the signed-in person. */
  claimRequest: FormAction;
  /** Signs out, to go on as somebody else. */
  switchAccount: PlainFormAction;
  homeHref: string;
  /** Asks the vendor once more. */
  lookUpAgain: FormAction;
};
