import { asApplicationRefused, blameKey, isRefusal } from "@/lib/connectors/blame";
import type { ConnectorContext, FreshToken, HeldKey, TokenSubject } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { getSecret } from "@/lib/connectors/get-secret";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { accessTokenAnswer } from "./schemas";
import { sendRequest } from "./send-request";

const OPERATION = "POST /oauth/token";
const TIMEOUT_MS = 30_000;

/** In whose name a call is made: an API key is bound to one user, company and client of the vendor. */
export type Caller = { subject: TokenSubject; apiKey: string };

/** A customer's key that is held for a connection. */
export const toCaller = ({ subject, secret }: HeldKey): Caller => ({ subject, apiKey: secret });

/** The integrator's own company, which alone may read and decide activation requests. */
export function getPartnerCaller(context: ConnectorContext): Caller {
  return { subject: { kind: "vendor_application" }, apiKey: getSecret(context, "m2mApiKey") };
}

/**
 * M2M authentication: the client's credentials and the caller's API key for a token of an hour. `unauthorized` when it is
 * certain that it is a customer's key that was refused: the partner's own key gets a token with the same credentials.
 */
export async function getToken(context: ConnectorContext, { subject, apiKey }: Caller): Promise<FreshToken> {
  try {
    return await requestToken(context, apiKey);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (subject.kind === "vendor_application") throw asApplicationRefused(error);
    return blameKey(error, () => requestToken(context, getPartnerCaller(context).apiKey));
  }
}

async function requestToken(context: ConnectorContext, apiKey: string): Promise<FreshToken> {
  const { clientId, redirectUri } = context.application;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: getSecret(context, "clientSecret"),
    api_key: apiKey,
  });
  if (redirectUri) form.set("redirect_uri", redirectUri);
  const answer = await refuseAsUnauthorized(
    sendRequest(context, {
      operation: OPERATION,
      method: "POST",
      path: "/oauth/token",
      body: form,
      timeoutMs: TIMEOUT_MS,
      secrets: [apiKey],
    }),
  );
  const token = parseAnswer(context, OPERATION, accessTokenAnswer, answer);
  return { token: token.access_token, expiresInSeconds: token.expires_in };
}

/**
 * How a revoked key is answered is not documented; OAuth 2.0 says 400 `invalid_grant`, public clients see 401. The path of
 * tokens is there in every version that lives.
 */
async function refuseAsUnauthorized(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error)) throw new ConnectorError("unauthorized", error.answer, { cause: error });
    if (error instanceof ConnectorError && error.kind === "not_found")
      throw new ConnectorError("version_ended", error.answer, { cause: error });
    throw error;
  }
}
