import type { ConnectorContext } from "@/lib/connectors/context";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { withFreshToken, withToken } from "@/lib/connectors/with-token";
import { sendRequest, type VendorRequest } from "./send-request";
import { type Caller, getToken } from "./token";

type AuthorizedRequest = Omit<VendorRequest, "headers" | "body" | "secrets" | "timeoutMs"> & {
  body?: unknown;
};

const READ_TIMEOUT_MS = 30_000;
/** A decision makes one technical user per company before it answers. */
const CHANGE_TIMEOUT_MS = 180_000;

/** GETs `path`: repeated after `context.retryDelaysMs` while the vendor is unavailable, and once with a new token. */
export function readResource(
  context: ConnectorContext,
  caller: Caller,
  operation: string,
  path: string,
): Promise<unknown> {
  const request = { operation, method: "GET", path } as const;
  return repeatRead(context, () =>
    withFreshToken(context, bearerOf(context, caller), (token) =>
      sendAuthorized(context, caller, token, { ...request, timeoutMs: READ_TIMEOUT_MS }),
    ),
  );
}

/** Sends a request that has an effect: once, whatever comes back. */
export function sendChange(
  context: ConnectorContext,
  caller: Caller,
  request: AuthorizedRequest,
): Promise<unknown> {
  return withToken(context, bearerOf(context, caller), (token) =>
    sendAuthorized(context, caller, token, { ...request, timeoutMs: CHANGE_TIMEOUT_MS }),
  );
}

function bearerOf(context: ConnectorContext, caller: Caller) {
  return { subject: caller.subject, requestToken: () => getToken(context, caller) };
}

function sendAuthorized(
  context: ConnectorContext,
  caller: Caller,
  token: string,
  { body, ...request }: AuthorizedRequest & { timeoutMs: number },
): Promise<unknown> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body !== undefined) headers["content-type"] = "application/json";
  return sendRequest(context, {
    ...request,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers,
    secrets: [token, caller.apiKey],
  });
}
