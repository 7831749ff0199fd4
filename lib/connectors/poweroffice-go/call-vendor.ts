import type { ConnectorContext, FreshToken, HeldKey } from "@/lib/connectors/context";
import { getSecret } from "@/lib/connectors/get-secret";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { type Dialect, sendRequest, type VendorRequest } from "@/lib/connectors/send-request";
import { withFreshToken } from "@/lib/connectors/with-token";
import { getApiUrl, getTokenUrl } from "./base-url";
import { manifest } from "./manifest";
import { accessTokenAnswer } from "./schemas";
import { readKind, readMessages } from "./vendor-answer";

const TIMEOUT_MS = 30_000;
const TOKEN = "POST /OAuth/Token";

const dialect: Dialect = { name: manifest.name, readMessages, readKind };

type Call = { operation: string; method: "GET" | "POST" | "DELETE"; path: string; body?: object };

/** One call without a token, as onboarding needs it: the application and subscription keys are its authority. */
export function callAsApplication(
  context: ConnectorContext,
  { path, body, ...call }: Call,
  secrets: readonly string[] = [],
): Promise<unknown> {
  return send(context, {
    ...call,
    url: getApiUrl(context.application, path),
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
    secrets,
  });
}

/**
 * A call in the name of a client's key that may run twice: repeated while the vendor is away, and once with a new token.
 * `disconnected` when the key has ended.
 */
export function callAsClient(
  context: ConnectorContext,
  key: HeldKey,
  { path, ...call }: Call,
): Promise<unknown> {
  const url = getApiUrl(context.application, path);
  const bearer = { subject: key.subject, requestToken: () => requestToken(context, key.secret) };
  return repeatRead(context, () =>
    withFreshToken(context, bearer, (token) =>
      send(context, {
        operation: call.operation,
        method: call.method,
        url,
        headers: { authorization: `Bearer ${token}` },
        secrets: [token, key.secret],
      }),
    ),
  );
}

/** Application key and client key for a token of 20 minutes. */
export async function requestToken(context: ConnectorContext, clientKey: string): Promise<FreshToken> {
  const basic = Buffer.from(`${getSecret(context, "applicationKey")}:${clientKey}`).toString("base64");
  const answer = await send(context, {
    operation: TOKEN,
    method: "POST",
    url: getTokenUrl(context.application),
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
    secrets: [clientKey, basic],
  });
  const token = parseAnswer(context, TOKEN, accessTokenAnswer, answer);
  return { token: token.access_token, expiresInSeconds: token.expires_in };
}

/** The subscription key goes with every call, those for tokens included. */
function send(context: ConnectorContext, request: Omit<VendorRequest, "timeoutMs">): Promise<unknown> {
  const headers = { ...request.headers, "ocp-apim-subscription-key": getSecret(context, "subscriptionKey") };
  return sendRequest(context, dialect, { ...request, headers, timeoutMs: TIMEOUT_MS });
}
