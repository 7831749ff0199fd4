import { getRequestForOperator } from "@/lib/operations/look-up/queries";
import { type LookedUpProps, renderLookedUp } from "../../load-looked-up";

/** One request with all that happened, without names. */
export default function OperatorRequestPage(props: LookedUpProps) {
  return renderLookedUp(props, "request", getRequestForOperator);
}
