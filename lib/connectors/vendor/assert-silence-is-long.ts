import { ConnectorError } from "@/lib/connectors/errors";
import type { WorkerContext } from "@/lib/platform/worker-context";

/** The vendor may still be carrying out what was sent: too early to conclude anything, so the job comes again. */
export function assertSilenceIsLong(context: WorkerContext, sentAt: Date): void {
  const remainingMs = sentAt.getTime() + context.vendorAnswerWithinMs - Date.now();
  if (remainingMs <= 0) return;
  const answer = {
    status: null,
    messages: [],
    operation: "wait for a lost answer",
    at: new Date().toISOString(),
  };
  throw new ConnectorError("unavailable", answer, {
    unsent: true,
    retryAfterSeconds: Math.ceil(remainingMs / 1000),
  });
}
