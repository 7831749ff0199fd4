import { EndConnection } from "@/components/operator/look-up/end-connection";
import { LIVE_STATES } from "@/lib/connection/lifecycle/rules";
import { getConnectionForOperator } from "@/lib/operations/look-up/queries";
import { type LookedUpProps, renderLookedUp } from "../../load-looked-up";
import { endAsOperatorAction } from "../actions";

/** One connection with all that happened, without names, and its end by the operator. */
export default function OperatorConnectionPage(props: LookedUpProps) {
  return renderLookedUp(props, "connection", getConnectionForOperator, (subject) =>
    LIVE_STATES.some((live) => live === subject.state) ? (
      <EndConnection connection={subject} end={endAsOperatorAction} />
    ) : null,
  );
}
