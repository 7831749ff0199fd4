import { getConnectionForOperator } from "@/lib/operations/look-up/queries";
import { type LookedUpProps, renderLookedUp } from "../../load-looked-up";

/** One connection with all that happened, without names. */
export default function OperatorConnectionPage(props: LookedUpProps) {
  return renderLookedUp(props, "connection", getConnectionForOperator);
}
