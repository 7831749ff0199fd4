import type { ConnectorErrorKind } from "@/lib/connectors/errors";
import { parseJson, pickMessages } from "@/lib/connectors/vendor-answer";
import { errorAnswer } from "./schemas";

/** The document writes names in Pascal case, the server answers in lower case. */
function readError(body: string) {
  const json = parseJson(body);
  if (typeof json !== "object" || json === null || Array.isArray(json)) return null;
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

/** `invalid_client`: the client key is unknown, removed or switched off in Go; the vendor does not tell these apart. */
export function readKind(status: number, body: string): ConnectorErrorKind | undefined {
  return status === 400 && readError(body)?.error === "invalid_client" ? "disconnected" : undefined;
}
