import type { ReturnedConsent } from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { getSecret } from "@/lib/connectors/get-secret";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { AppError } from "@/lib/core/app-error";
import { getRootUrl } from "./base-url";
import type { ProcountorApplication } from "./manifest";
import { loginKeyAnswer } from "./schemas";
import { sendRequest } from "./send-request";

/**
 * The login page that makes an API key, after API certification checkpoint 3.1 and the vendor's page on M2M authentication:
 * whoever logs in gets a key for the company that they log in to, and the browser brings back a code for it.
 */

const OPERATION = "POST /oauth/key";
const TIMEOUT_MS = 30_000;

/** One return address is registered for a client, without a query of its own. */
export function keyLoginAddress(application: ProcountorApplication, state: string): URL {
  const url = new URL(`${getRootUrl(application)}/keylogin`);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: application.clientId,
    redirect_uri: getRedirectUri(application),
    state,
  }).toString();
  return url;
}

function getRedirectUri({ redirectUri }: ProcountorApplication): string {
  if (!redirectUri) throw new AppError("misconfigured", "the vendor application has no redirect URI");
  return redirectUri;
}

const STATE = /^[\w-]{40,1000}$/;
const CODE = /^[\x21-\x7e]{4,2000}$/;

/** Without our state the return is nobody's; a state without a code is a login that was not finished. */
export function parseKeyLogin(query: URLSearchParams): ReturnedConsent | null {
  const state = query.get("state") ?? "";
  if (!STATE.test(state)) return null;
  const code = query.get("code") ?? "";
  return { kind: "key_login", state, code: CODE.test(code) ? code : null };
}

/** A code is taken once (RFC 6749, 4.1.2); how a second one is refused is not documented. */
export async function redeemKeyLogin(context: ConnectorContext, code: string): Promise<string> {
  const answer = await sendRequest(context, {
    operation: OPERATION,
    method: "POST",
    path: "/oauth/key",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: context.application.clientId,
      client_secret: getSecret(context, "clientSecret"),
      redirect_uri: getRedirectUri(context.application),
      code,
    }),
    timeoutMs: TIMEOUT_MS,
    secrets: [code],
  });
  return parseAnswer(context, OPERATION, loginKeyAnswer, answer).api_key;
}
