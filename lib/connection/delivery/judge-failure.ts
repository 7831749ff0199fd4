import { blameOf } from "@/lib/connectors/blame";
import { ConnectorError } from "@/lib/connectors/errors";
import type { Session } from "./session";

/** How long the connection's queue rests, and whether its key has to be checked. */
export type Pause = { retryAfterSeconds: number; wantsCheck: boolean };

type Failure = {
  /**
   * What is known of the row that was being written. `not_sent`: it had no effect, and goes again. `lost`: it may have had.
   * `rights`: the vendor refused it for lack of a right. `refused`: it refused this record.
   */
  fate: "not_sent" | "lost" | "rights" | "refused";
  pause: Pause | null;
};

/**
 * What a thrown error means for the row and for its queue. A refusal by the vendor had no effect; a cut line, a time-out, 5xx
 * and an answer that is not the documented one may have had. An error of ours is logged and counts as lost: look-ups find out.
 */
export function judgeFailure({ context, connection }: Session, error: unknown): Failure {
  if (!(error instanceof ConnectorError)) {
    context.log.error({ err: error, connectionId: connection.id }, "a row could not be written");
    return { fate: "lost", pause: { retryAfterSeconds: 0, wantsCheck: false } };
  }
  const pause = { retryAfterSeconds: error.retryAfterSeconds ?? 0, wantsCheck: blameOf(error) !== null };
  if (error.unsent || error.kind === "rate_limited") return { fate: "not_sent", pause };
  if (error.kind === "forbidden") return { fate: "rights", pause: null };
  if (["rejected", "not_found", "expired"].includes(error.kind)) return { fate: "refused", pause: null };
  if (error.kind === "unavailable" || error.kind === "unexpected") return { fate: "lost", pause };
  return { fate: "not_sent", pause };
}
