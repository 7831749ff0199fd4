import { createHash } from "node:crypto";
import type { Answer } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { HttpError } from "../../web/http-error";
import type { Code } from "../model";
import { findTenant, findUser, type StandIn } from "../stand-in";
import { signToken } from "./signing-keys";

const CLAIM = "http://schemes.superoffice.net/identity/";
const LIFETIME_SECONDS = 3600;

/** `POST /login/common/oauth/tokens`: a code for tokens, once. Errors as RFC 6749 words them. */
export async function issueTokens(standIn: StandIn, exchange: Exchange): Promise<Answer> {
  const form = await exchange.readForm();
  const { application, store } = standIn;
  if (
    form.get("client_id") !== application.clientId ||
    form.get("client_secret") !== application.clientSecret
  )
    throw oauthError("invalid_client", "The client id or the client secret is wrong.");
  if (form.get("grant_type") !== "authorization_code") throw oauthError("unsupported_grant_type");
  const code = takeCode(standIn, form);
  code.isUsed = true;
  store.save();
  return {
    status: 200,
    body: {
      token_type: "Bearer",
      access_token: `8A:${code.tenantId}.${code.code.slice(0, 16)}`,
      expires_in: LIFETIME_SECONDS,
      refresh_token: code.code.slice(16),
      id_token: signToken(standIn, makeClaims(standIn, code), LIFETIME_SECONDS),
    },
  };
}

function takeCode({ store }: StandIn, form: URLSearchParams): Code {
  const { codes } = store.state;
  const given = form.get("code") ?? "";
  const code = Object.hasOwn(codes, given) ? codes[given] : undefined;
  if (!code || code.isUsed) throw oauthError("invalid_grant", "The code is not known, or was used before.");
  if (code.expiresAtMs <= Date.now()) throw oauthError("invalid_grant", "The code has expired.");
  if (form.get("redirect_uri") !== code.signIn.redirectUri)
    throw oauthError("invalid_grant", "The redirect address is another one.");
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (challenge !== code.signIn.codeChallenge)
    throw oauthError("invalid_grant", "The code verifier does not fit.");
  return code;
}

/** Booleans are the words True and False, and the application's system token comes along. */
function makeClaims(standIn: StandIn, { signIn, tenantId, userEmail }: Code): object {
  const { faults, url } = standIn;
  const tenant = findTenant(standIn, tenantId);
  const user = findUser(standIn, userEmail);
  if (!tenant || !user) throw oauthError("invalid_grant", "The tenant or the user is gone.");
  const nonce = faults.changeNextNonce ? `not-${signIn.nonce}` : signIn.nonce;
  const systemToken = faults.withholdNextSystemToken ? null : tenant.systemToken;
  faults.changeNextNonce = false;
  faults.withholdNextSystemToken = false;
  const own = {
    ctx: tenant.id,
    serial: tenant.id.replace(/\D/g, ""),
    is_administrator: user.roles[tenant.id] === "administrator" ? "True" : "False",
    associateid: "5",
    email: user.email,
    upn: user.email,
    company_name: tenant.name,
    netserver_url: `${url}/${tenant.host}/${tenant.id}/Remote/Services88/`,
    webapi_url: `${url}/${tenant.host}/${tenant.id}/api/`,
    ...(systemToken === null ? {} : { system_token: systemToken }),
  };
  const named = Object.entries(own).map(([name, value]) => [`${CLAIM}${name}`, value]);
  return { sub: user.email, nonce, ...Object.fromEntries(named) };
}

function oauthError(error: string, description?: string): HttpError {
  const body = { error, ...(description === undefined ? {} : { error_description: description }) };
  return new HttpError(error === "invalid_client" ? 401 : 400, body);
}
