import type { Answer } from "../../web/answer-call";
import { HttpError } from "../../web/http-error";
import { OTHER_INTEGRATOR_COMPANY, PARTNER_COMPANY } from "../integrations";
import { makeJwt } from "../make-key";
import type { AccessToken, Integration } from "../model";
import type { StandIn } from "../stand-in";
import { ok } from "./api-call";

const TOKEN_LIFETIME_SECONDS = 3600;

type Subject = Pick<AccessToken, "companyId" | "userId">;

/** `POST /oauth/token`: the client's credentials and an API key for a token. Errors as OAuth 2.0 words them. */
export function issueToken(standIn: StandIn, form: URLSearchParams): Answer {
  if (form.get("grant_type") !== "client_credentials") throw oauthError(400, "unsupported_grant_type");
  const client = findClient(standIn, form);
  const apiKey = form.get("api_key") ?? "";
  const subject = findSubject(standIn, client, apiKey);
  if (!subject) throw oauthError(401, "invalid_grant", "The API key is not valid.");
  const token = makeJwt({ aud: client.clientId, cid: subject.companyId, scope: "m2m" });
  dropExpired(standIn);
  standIn.store.state.tokens[token] = {
    ...subject,
    clientId: client.clientId,
    apiKey,
    expiresAtMs: Date.now() + TOKEN_LIFETIME_SECONDS * 1000,
  };
  standIn.store.save();
  return ok({ access_token: token, expires_in: TOKEN_LIFETIME_SECONDS });
}

/** The client that proves itself in a form of OAuth 2.0. */
export function findClient(standIn: StandIn, form: URLSearchParams): Integration {
  const client = standIn.integrations.find(({ clientId }) => clientId === form.get("client_id"));
  if (!client || form.get("client_secret") !== standIn.options.clientSecret)
    throw oauthError(401, "invalid_client");
  return client;
}

export function oauthError(status: number, error: string, description?: string): HttpError {
  return new HttpError(status, {
    error,
    ...(description === undefined ? {} : { error_description: description }),
  });
}

/** A key is bound to one user, one company and one client; the integrator's own key serves each of its clients. */
function findSubject(standIn: StandIn, client: Integration, apiKey: string): Subject | null {
  const { m2mApiKey, otherM2mApiKey } = standIn.options;
  if (apiKey === "") return null;
  if (apiKey === m2mApiKey) return { companyId: PARTNER_COMPANY.id, userId: null };
  if (apiKey === otherM2mApiKey) return { companyId: OTHER_INTEGRATOR_COMPANY.id, userId: null };
  const user = standIn.store.state.technicalUsers.find((candidate) => candidate.apiKey === apiKey);
  if (!user || user.isRevoked || user.integrationId !== client.id) return null;
  return { companyId: user.companyId, userId: user.userId };
}

function dropExpired(standIn: StandIn): void {
  const { tokens } = standIn.store.state;
  for (const [token, { expiresAtMs }] of Object.entries(tokens)) {
    if (expiresAtMs <= Date.now()) delete tokens[token];
  }
}

/** The live token of an `Authorization: Bearer` header. */
export function findToken(standIn: StandIn, authorization: string | undefined): AccessToken | null {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  const known = token === undefined ? undefined : standIn.store.state.tokens[token];
  return known && known.expiresAtMs > Date.now() ? known : null;
}
