import { NonRetriableError, RetryAfterError } from "inngest";
import { ConnectorError } from "@/lib/connectors/errors";
import { isAppError } from "@/lib/core/app-error";

/** A vendor that asks us to wait for longer is not waited for: what waits for it ends, and says until when. */
const LONGEST_ASKED_WAIT_SECONDS = 10 * 60;

/**
 * The one place that turns our errors into the engine's retry classes. `retryDelaysMs` are the waits between tries of
 * vendor calls; the last one repeats.
 */
export async function mapErrors<T>(
  work: () => Promise<T>,
  attempt: number,
  retryDelaysMs: readonly number[],
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConnectorError) throw mapConnectorError(error, attempt, retryDelaysMs);
    if (isAppError(error)) throw new NonRetriableError(error.message, { cause: error });
    throw error;
  }
}

function mapConnectorError(error: ConnectorError, attempt: number, retryDelaysMs: readonly number[]): Error {
  const isAskedToWait = error.answer.retryAt !== undefined;
  const isTooLong = isAskedToWait && (error.retryAfterSeconds ?? 0) > LONGEST_ASKED_WAIT_SECONDS;
  if (!error.isRetriable || isTooLong) return new NonRetriableError(error.message, { cause: error });
  const byPlan = retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] ?? 1000;
  const delayMs = Math.max(byPlan, (error.retryAfterSeconds ?? 0) * 1000);
  return new RetryAfterError(error.message, new Date(Date.now() + delayMs), { cause: error });
}
