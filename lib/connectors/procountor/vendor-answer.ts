import { ConnectorError, type ConnectorErrorKind, type VendorAnswer } from "@/lib/connectors/errors";
import { redact } from "./redact";
import { errorAnswer } from "./schemas";

const MAX_MESSAGES = 10;
const MAX_MESSAGE_LENGTH = 500;

/** What the error says, in the vendor's own words; an answer that is no JSON (a proxy's page) says nothing. */
export function readMessages(body: string, secrets: readonly string[]): string[] {
  const answer = errorAnswer.safeParse(parseJson(body));
  if (!answer.success) return [];
  const messages =
    "errors" in answer.data
      ? answer.data.errors.map(({ field, message }) => [field, message].filter(Boolean).join(": "))
      : [[answer.data.error, answer.data.error_description].filter(Boolean).join(": ")];
  return messages
    .filter((message) => message !== "")
    .slice(0, MAX_MESSAGES)
    .map((message) => redact(message, secrets).slice(0, MAX_MESSAGE_LENGTH));
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

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
export function asUnsent(error: ConnectorError): ConnectorError {
  return new ConnectorError(error.kind, error.answer, {
    retryAfterSeconds: error.retryAfterSeconds,
    unsent: true,
    cause: error.cause,
  });
}

export function noAnswer(operation: string, at: Date): VendorAnswer {
  return { status: null, messages: [], operation, at: at.toISOString() };
}
