import type { Answer } from "../../web/answer-call";
import { takeCode } from "../key-logins";
import type { StandIn } from "../stand-in";
import { ok } from "./api-call";
import { findClient, oauthError } from "./oauth-token";

/** `POST /oauth/key`: the code of a login for the key of whoever logged in. Errors as OAuth 2.0 words them. */
export function issueKey(standIn: StandIn, form: URLSearchParams): Answer {
  if (form.get("grant_type") !== "authorization_code") throw oauthError(400, "unsupported_grant_type");
  const client = findClient(standIn, form);
  const key = takeCode(standIn, client, form.get("code") ?? "", form.get("redirect_uri") ?? "");
  if (key === null) throw oauthError(400, "invalid_grant", "The code is not valid.");
  return ok({ api_key: key });
}
