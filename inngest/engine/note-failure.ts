import type { Transaction } from "./database";
import type { SerializedError } from "./serialized-error";

const MAX_MESSAGE_CHARACTERS = 2000;

type Failure = {
  runId: string;
  /** Absent when the function failed outside of a step. */
  stepName: string | undefined;
  /** From 0. */
  attempt: number;
  error: SerializedError;
  /** null when it was the last try. */
  retryAt: Date | null;
};

/** Keeps what went wrong in one try, for whoever looks at the run; the engine itself never reads it. */
export function noteFailure(tx: Transaction, failure: Failure): void {
  const { name, message } = failure.error;
  tx.send(
    "INSERT INTO engine.failures (run_id, step_name, attempt, error, retry_at) VALUES ($1, $2, $3, $4, $5)",
    [
      failure.runId,
      failure.stepName ?? null,
      failure.attempt,
      JSON.stringify({ name, message: message.slice(0, MAX_MESSAGE_CHARACTERS) }),
      failure.retryAt?.toISOString() ?? null,
    ],
  );
}
