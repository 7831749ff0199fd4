import { asApplicationRefused, blameKey, isRefusal } from "@/lib/connectors/blame";
import type { ConnectorContext, FreshToken, HeldKey } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { getSecret } from "@/lib/connectors/get-secret";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { type Dialect, sendRequest, type VendorRequest } from "@/lib/connectors/send-request";
import { withFreshToken, withToken } from "@/lib/connectors/with-token";
import { AppError } from "@/lib/core/app-error";
import { getApiUrl, getTokenUrl } from "./base-url";
import { manifest } from "./manifest";
import { accessTokenAnswer, initiateBody } from "./schemas";
import { readKind, readMessages } from "./vendor-answer";

const TIMEOUT_MS = 30_000;
const TOKEN = "POST /OAuth/Token";
const INITIATE = "POST /Onboarding/Initiate";

const dialect: Dialect = { name: manifest.name, readMessages, readKind };

type Call = { operation: string; method: "GET" | "POST" | "DELETE"; path: string; body?: object };

/** One call without a token, as onboarding needs it: the application and subscription keys are its authority. */
export async function callAsApplication(
  context: ConnectorContext,
  { path, body, ...call }: Call,
  secrets: readonly string[] = [],
): Promise<unknown> {
  try {
    return await send(context, {
      ...call,
      url: getApiUrl(context.application, path),
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body ?? {}),
      secrets,
    });
  } catch (error) {
    throw isRefusal(error) && error.kind !== "rejected" ? asApplicationRefused(error) : error;
  }
}

/**
 * Asks for an address of the vendor's dialog. Nothing of a customer is in that call, so that a refusal is always one of the
 * application: of its keys, or of a return address that is not on its list.
 */
export async function initiate(context: ConnectorContext, returnUrl: URL): Promise<unknown> {
  const body = initiateBody.safeParse({
    ApplicationKey: getSecret(context, "applicationKey"),
    RedirectUri: returnUrl.href,
  });
  if (!body.success) throw new AppError("misconfigured", "the application key is not a UUID");
  const call = {
    operation: INITIATE,
    method: "POST",
    path: "/Onboarding/Initiate",
    body: body.data,
  } as const;
  try {
    return await callAsApplication(context, call);
  } catch (error) {
    throw isRefusal(error) ? asApplicationRefused(error) : error;
  }
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
  const bearer = { subject: key.subject, requestToken: () => getToken(context, key) };
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

/** An operation of a JSON Patch (RFC 6902), as the vendor changes records. Names of paths are in Pascal case. */
export type PatchOperation = { op: "replace"; path: `/${string}`; value: unknown };

type Change =
  | { operation: string; method: "POST"; path: string; body: object }
  | { operation: string; method: "PATCH"; path: string; body: readonly PatchOperation[] }
  | { operation: string; method: "DELETE"; path: string; body?: undefined };

/** A call in the name of a client's key that has an effect: sent once, whatever comes back. */
export function sendChange(
  context: ConnectorContext,
  key: HeldKey,
  { operation, method, path, body }: Change,
): Promise<unknown> {
  const bearer = { subject: key.subject, requestToken: () => getToken(context, key) };
  const type = method === "PATCH" ? "application/json-patch+json" : "application/json";
  return withToken(context, bearer, (token) =>
    send(context, {
      operation,
      method,
      url: getApiUrl(context.application, path),
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": type }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      secrets: [token, key.secret],
    }),
  );
}

/**
 * A token for a client's key. `disconnected` or `unauthorized` when it is certain that it is this key which was refused: the
 * application proves itself by asking for an address that nobody is sent to.
 */
export async function getToken(context: ConnectorContext, key: HeldKey): Promise<FreshToken> {
  try {
    return await requestToken(context, key.secret);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { returnUrl } = context;
    if (returnUrl === null) throw asApplicationRefused(error);
    const kind = error.kind === "disconnected" ? "disconnected" : "unauthorized";
    return blameKey(new ConnectorError(kind, error.answer, { cause: error }), () =>
      initiate(context, returnUrl),
    );
  }
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
  }).catch(toVersionEnded);
  const token = parseAnswer(context, TOKEN, accessTokenAnswer, answer);
  return { token: token.access_token, expiresInSeconds: token.expires_in };
}

/** The path of tokens is there in every version that lives. */
function toVersionEnded(error: unknown): never {
  if (error instanceof ConnectorError && error.kind === "not_found")
    throw new ConnectorError("version_ended", error.answer, { cause: error });
  throw error;
}

/** The subscription key goes with every call, those for tokens included. */
function send(context: ConnectorContext, request: Omit<VendorRequest, "timeoutMs">): Promise<unknown> {
  const headers = { ...request.headers, "ocp-apim-subscription-key": getSecret(context, "subscriptionKey") };
  return sendRequest(context, dialect, { ...request, headers, timeoutMs: TIMEOUT_MS });
}
