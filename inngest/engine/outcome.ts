import { z } from "zod";
import { type Operation, operationSchema, type StepChange, stepOf, toStepChange } from "./operations";
import { type SerializedError, toSerializedError } from "./serialized-error";
import { parseRetryAfterMs } from "./time";

/** What came of one call of a function. */
export type Outcome =
  | { kind: "progressed"; changes: StepChange[] }
  | { kind: "returned"; data: unknown }
  | FailedOutcome;
export type FailedOutcome = {
  kind: "failed";
  error: SerializedError;
  isRetriable: boolean;
  retryAfterMs?: number | undefined;
  /** Absent when the function failed outside of a step. */
  stepName?: string;
};

/** Reads the SDK's answer to a call: 206 is steps, another 2xx the function's result, the rest an error. */
export async function readOutcome(response: Response, now: Date): Promise<Outcome> {
  const text = await response.text();
  const retryAfterMs = parseRetryAfterMs(response.headers.get("retry-after"), now);
  if (response.status === 206)
    return readOperations(z.array(operationSchema).parse(JSON.parse(text)), retryAfterMs, now);
  if (response.ok) return { kind: "returned", data: JSON.parse(text) };
  const noRetry = response.headers.get("x-inngest-no-retry");
  return {
    kind: "failed",
    error: toSerializedError(parseOrText(text)),
    isRetriable: noRetry === null ? response.status >= 500 : noRetry === "false",
    retryAfterMs,
  };
}

export function readOperations(
  operations: readonly Operation[],
  retryAfterMs: number | undefined,
  now: Date,
): Outcome {
  const returned = operations.find((operation) => operation.op === "RunComplete");
  if (returned) return { kind: "returned", data: returned.data };
  const failed = operations.find((operation) => operation.op === "StepError");
  if (failed) {
    const error = toSerializedError(failed.error);
    return { kind: "failed", error, isRetriable: true, retryAfterMs, stepName: stepOf(failed).name };
  }
  try {
    return { kind: "progressed", changes: operations.map((operation) => toStepChange(operation, now)) };
  } catch (error) {
    return { kind: "failed", error: toSerializedError(error), isRetriable: false };
  }
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
