import type { ConnectorErrorKind } from "@/lib/connectors/errors";
import { isRecord, readEach } from "@/lib/connectors/read-each";
import { parseJson, pickMessages } from "@/lib/connectors/vendor-answer";
import { errorAnswer, errorEntry } from "./schemas";

/** What the error says, in the vendor's own words; an answer that is no JSON (a proxy's page) says nothing. */
export function readMessages(body: string, secrets: readonly string[]): string[] {
  const answer = errorAnswer.safeParse(parseJson(body));
  if (!answer.success) return [];
  const messages =
    "errors" in answer.data
      ? readEach(errorEntry, answer.data.errors).read.map(({ field, message }) =>
          [field, message].filter(Boolean).join(": "),
        )
      : [[answer.data.error, answer.data.error_description].filter(Boolean).join(": ")];
  return pickMessages(messages, secrets);
}

/** Errors of OAuth 2.0 (RFC 6749, 5.2) that are about the client's own credentials. */
const OF_THE_CLIENT = ["invalid_client", "unauthorized_client"];

/**
 * What the status alone does not tell: whose credential a token was refused for, and whether the 404 is the API's own, which
 * always has its `errors`, or of a server that has no such version.
 */
export function readKind(status: number, body: string): ConnectorErrorKind | undefined {
  const json = parseJson(body);
  const answer = isRecord(json) ? json : {};
  if (status === 404) return "errors" in answer ? undefined : "version_ended";
  const isRefused = status === 400 || status === 401 || status === 403;
  return isRefused && OF_THE_CLIENT.includes(String(answer.error)) ? "application_refused" : undefined;
}
