import { NonRetriableError, RetryAfterError } from "inngest";
import { ConnectorError } from "@/lib/connectors/errors";
import { isAppError } from "@/lib/core/app-error";

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
  if (!error.isRetriable) return new NonRetriableError(error.message, { cause: error });
  const byPlan = retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] ?? 1000;
  const delayMs = Math.max(byPlan, (error.retryAfterSeconds ?? 0) * 1000);
  return new RetryAfterError(error.message, new Date(Date.now() + delayMs), { cause: error });
}
