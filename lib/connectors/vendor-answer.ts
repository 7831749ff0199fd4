import { cleanLine, cutText } from "@/lib/core/outside-text";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { ConnectorError, type ConnectorErrorKind } from "./errors";
import { redact } from "./redact";

const MAX_MESSAGES = 10;
const MAX_MESSAGE_LENGTH = 500;

/** undefined for what is no JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A vendor's messages as they may be kept: at most 10 of 500 characters in one line, without secrets, cut between characters. */
export function pickMessages(messages: readonly string[], secrets: readonly string[]): string[] {
  return (
    messages
      // Before the cleaning as it came, and after it without what hid between its characters.
      .map((message) => redact(cleanLine(redact(message, secrets)), secrets))
      .filter((message) => message !== "")
      .slice(0, MAX_MESSAGES)
      .map((message) => cutText(message, MAX_MESSAGE_LENGTH))
  );
}

/** What a status means by HTTP alone; a vendor that means something else says so in its dialect. */
export function toErrorKind(status: number): ConnectorErrorKind {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 410) return "expired";
  if (status === 429) return "rate_limited";
  if (status === 408 || status >= 500) return "unavailable";
  return status >= 400 ? "rejected" : "unexpected";
}

/** The same failure, with the certainty that the request in question never left. */
function asUnsent(error: ConnectorError): ConnectorError {
  return new ConnectorError(error.kind, error.answer, {
    retryAfterSeconds: error.retryAfterSeconds,
    unsent: true,
    cause: error.cause,
  });
}

/** Runs what comes before the request in question: whatever fails here, that request has not left. */
export async function beforeSending<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    throw error instanceof ConnectorError ? asUnsent(error) : error;
  }
}

export function noAnswer(operation: string, at: Date): VendorAnswer {
  return { status: null, messages: [], operation, at: at.toISOString() };
}
