import type { ConnectorErrorKind } from "@/lib/connectors/errors";
import { isRecord } from "@/lib/connectors/read-each";
import { parseJson, pickMessages } from "@/lib/connectors/vendor-answer";
import { errorAnswer } from "./schemas";

/** The document writes names in Pascal case, the server answers in lower case. */
function readError(body: string) {
  const json = parseJson(body);
  if (!isRecord(json)) return null;
  const lowered = Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return errorAnswer.safeParse(lowered).data ?? null;
}

/** What the error says, in the vendor's own words; a refused privilege often comes without any. */
export function readMessages(body: string, secrets: readonly string[]): string[] {
  const error = readError(body);
  if (!error) return [];
  const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(": ");
  return pickMessages(
    [joined(error.title, error.detail), joined(error.error, error.error_description), error.message ?? ""],
    secrets,
  );
}

/**
 * `invalid_client`: the client key is unknown, removed or switched off in Go, or the application key is wrong; the vendor does
 * not tell these apart. The gateway before the API answers with a `statusCode`: it refuses subscription keys, and knows no
 * path of a version that has ended; so does a page that is no JSON.
 */
export function readKind(status: number, body: string): ConnectorErrorKind | undefined {
  const error = readError(body)?.error;
  if (status === 400 && error === "invalid_client") return "disconnected";
  if (status === 400 && error === "unauthorized_client") return "application_refused";
  if ((status === 401 || status === 403) && isOfGateway(body)) return "application_refused";
  const isPage = body.trim() !== "" && parseJson(body) === undefined;
  return status === 404 && (isOfGateway(body) || isPage) ? "version_ended" : undefined;
}

function isOfGateway(body: string): boolean {
  const json = parseJson(body);
  return isRecord(json) && Object.keys(json).some((name) => name.toLowerCase() === "statuscode");
}
