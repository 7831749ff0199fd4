import type { Answer } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { HttpError } from "../../web/http-error";
import type { AccessToken } from "../model";
import type { StandIn } from "../stand-in";

export type ApiHandler = (call: ApiCall) => Answer | Promise<Answer>;

/** A call of the vendor's API below its version prefix. */
export type ApiCall = { standIn: StandIn; exchange: Exchange; token: AccessToken | null };

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** `ErrorMessages` of the vendor's document 26.04. */
export function apiError(status: number, message: string, field?: string): HttpError {
  return new HttpError(status, { errors: [{ status, ...(field === undefined ? {} : { field }), message }] });
}

export function requireToken(call: ApiCall): AccessToken {
  if (!call.token) throw apiError(401, "The access token is missing, expired or invalidated.");
  return call.token;
}
