import { createLocalJWKSet, errors, jwtVerify } from "jose";
import type {
  ConsentAddress,
  GrantedKeys,
  RefusedSignIn,
  SignInAttempt,
  SignInProof,
} from "@/lib/connectors/consent";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import { getSecret } from "@/lib/connectors/get-secret";
import { parseAnswer } from "@/lib/connectors/parse-answer";
import { repeatRead } from "@/lib/connectors/repeat-read";
import { noAnswer } from "@/lib/connectors/vendor-answer";
import { getIssuer, getLoginUrl } from "./base-url";
import { callVendor } from "./call-vendor";
import type { SystemCredential } from "./credential";
import { identityClaims, keySetAnswer, tokensAnswer } from "./schemas";
import { readTenantState } from "./tenant-state";

const TOKENS = "POST /login/common/oauth/tokens";
const KEYS = "GET /login/.well-known/jwks";
/** Long enough for a sign-in, a tenant picker and an approval. */
const ADDRESS_LASTS_MS = 15 * 60_000;

/** The vendor's sign-in with our state, nonce and challenge; the administrator picks the tenant and approves there. */
export function getSignInAddress(
  { application, now }: ConnectorContext,
  { returnUrl, state, nonce, codeChallenge }: SignInAttempt,
): ConsentAddress {
  const url = new URL(getLoginUrl(application, "/login/common/oauth/authorize"));
  url.search = new URLSearchParams({
    client_id: application.clientId,
    response_type: "code",
    scope: "openid",
    redirect_uri: returnUrl.href,
    state,
    nonce,
    code_challenge: codeChallenge,
    code_challenge_method: "S256",
  }).toString();
  return { url, validUntil: new Date(now().getTime() + ADDRESS_LASTS_MS) };
}

/** One tenant, and the system token that its administrator's approval brought. Somebody else's sign-in is refused. */
export async function redeemSignIn(
  context: ConnectorContext,
  code: string,
  { returnUrl, nonce, codeVerifier }: SignInProof,
): Promise<GrantedKeys<SystemCredential> | RefusedSignIn> {
  const answer = await callVendor(context, undefined, {
    operation: TOKENS,
    method: "POST",
    url: getLoginUrl(context.application, "/login/common/oauth/tokens"),
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: context.application.clientId,
      client_secret: getSecret(context, "applicationToken"),
      redirect_uri: returnUrl.href,
      code,
      code_verifier: codeVerifier,
    }),
    secrets: [code, codeVerifier],
  });
  const { id_token } = parseAnswer(context, TOKENS, tokensAnswer, answer);
  const claims = parseAnswer(context, TOKENS, identityClaims, await verifyToken(context, TOKENS, id_token));
  if (claims.nonce !== nonce) throw untrusted(context, TOKENS);
  if (!claims.isAdministrator) return { refusal: "not_administrator" };
  if (claims.systemToken === null) return { refusal: "not_authorized" };
  if (await isKnownNotToRun(context, claims.tenant)) return { refusal: "tenant_not_running" };
  const secret = { tenant: claims.tenant, systemToken: claims.systemToken };
  return {
    initiatorEmail: claims.email,
    withoutKey: [],
    keys: [{ name: claims.companyName, businessId: null, secret }],
  };
}

/** A state that cannot be read now is read again when the tenant is described: the system token must not be lost for it. */
async function isKnownNotToRun(context: ConnectorContext, tenant: string): Promise<boolean> {
  try {
    return !(await readTenantState(context, tenant)).isServed;
  } catch (error) {
    if (error instanceof ConnectorError) return false;
    throw error;
  }
}

/**
 * Claims of a token that the vendor signed, for this application where that has to be. Nothing published says whom the token of
 * a tenant's change of state is for.
 */
export async function verifyToken(
  context: ConnectorContext,
  operation: string,
  token: string,
  { isForApplication }: { isForApplication: boolean } = { isForApplication: true },
): Promise<Record<string, unknown>> {
  const answer = await repeatRead(context, () =>
    callVendor(context, undefined, {
      operation: KEYS,
      method: "GET",
      url: getLoginUrl(context.application, "/login/.well-known/jwks"),
      secrets: [],
    }),
  );
  const keySet = createLocalJWKSet(parseAnswer(context, KEYS, keySetAnswer, answer));
  try {
    const { payload } = await jwtVerify(token, keySet, {
      algorithms: ["RS256"],
      issuer: getIssuer(context.application),
      ...(isForApplication && { audience: context.application.clientId }),
      currentDate: context.now(),
      clockTolerance: 60,
    });
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    context.log.warn({ operation, because: error.code }, "a token of SuperOffice is not to be trusted");
    throw untrusted(context, operation);
  }
}

function untrusted(context: ConnectorContext, operation: string): ConnectorError {
  return new ConnectorError("unexpected", { ...noAnswer(operation, context.now()), status: 200 });
}
