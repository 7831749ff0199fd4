import { randomBytes } from "node:crypto";
import type { Answer } from "../../web/answer-call";
import { HttpError } from "../../web/http-error";
import { findClient } from "../stand-in";
import { type ApiCall, listGranted, ok } from "./api-call";

/** `POST /OAuth/Token`: application key and client key by Basic authentication for a token. Errors as RFC 6749 words them. */
export async function issueAccessToken({ standIn, exchange }: ApiCall): Promise<Answer> {
  const form = await exchange.readForm();
  if (form.get("grant_type") !== "client_credentials") throw oauthError("unsupported_grant_type");
  const [applicationKey, clientKey] = readBasic(exchange.request.headers.authorization);
  const { state } = standIn.store;
  const integration = state.integrations.find(
    (one) => one.applicationKey === applicationKey && one.clientKey === clientKey && one.isActive,
  );
  const client = integration && !integration.isSwitchedOff && findClient(standIn, integration.clientId);
  if (!integration || !client) throw invalidClient();
  const token = randomBytes(32).toString("base64url");
  const expiresInSeconds = standIn.faults.tokenLifetimeSeconds;
  const live = Object.entries(state.accessTokens).filter(([, one]) => one.expiresAtMs > Date.now());
  state.accessTokens = {
    ...Object.fromEntries(live),
    [token]: {
      clientKey: integration.clientKey,
      expiresAtMs: Date.now() + expiresInSeconds * 1000,
      granted: listGranted(standIn, client),
    },
  };
  standIn.store.save();
  return ok({ access_token: token, token_type: "bearer", expires_in: expiresInSeconds });
}

/** Keys of the other environment, a removed integration and a wrong key are all the same to the vendor. */
export function invalidClient(): HttpError {
  return oauthError(
    "invalid_client",
    "Client integration not found. Please ensure the provided keys are matching the desired environment.",
  );
}

function oauthError(error: string, description?: string): HttpError {
  return new HttpError(400, {
    error,
    ...(description === undefined ? {} : { error_description: description }),
  });
}

export function readBasic(authorization: string | undefined): [string, string] {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  const [user = "", password = ""] = Buffer.from(encoded, "base64").toString().split(":");
  return [user, password];
}
