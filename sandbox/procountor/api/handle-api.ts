import { setTimeout as delay } from "node:timers/promises";
import { fits, takeRule } from "../../web/call-rules";
import type { Exchange } from "../../web/exchange";
import { HttpError } from "../../web/http-error";
import { findRoute, type Route, route } from "../../web/router";
import type { AccessToken } from "../model";
import type { StandIn } from "../stand-in";
import { type Answer, type ApiHandler, apiError } from "./api-call";
import { listIntegrationCustomers } from "./integration-customers";
import { getIntegrationRequest, putIntegrationRequest } from "./integration-requests";
import { issueKey } from "./oauth-key";
import { findToken, issueToken } from "./oauth-token";
import { getStatus, logOut } from "./session";
import { getCompany, getSessionInfo, getUserRights } from "./who-am-i";

const API_PATH = /^(?:\/(?:latest|supported|v2604))?\/api(\/.*)$/;

const ROUTES: readonly Route<ApiHandler>[] = [
  route("GET", "/integrations/:id/customers", listIntegrationCustomers),
  route("GET", "/integrations/:id", getIntegrationRequest),
  route("PUT", "/integrations/:id", putIntegrationRequest),
  route("GET", "/company", getCompany),
  route("GET", "/users/rights", getUserRights),
  route("GET", "/sessioninfo", getSessionInfo),
  route("GET", "/status", getStatus),
  route("POST", "/logout", logOut),
];

/** Calls that bring a client's credentials in a form instead of a token. */
const ISSUERS: Record<string, (standIn: StandIn, form: URLSearchParams) => Answer> = {
  "/oauth/token": issueToken,
  "/oauth/key": issueKey,
};

/** The path below the version prefix; null when it is no path of the API. Public clients log out without a prefix. */
export function toApiPath(path: string): string | null {
  if (path === "/logout") return path;
  return API_PATH.exec(path)?.[1] ?? null;
}

const HOLD_LOOK_MS = 20;

async function waitWhileHeld({ faults }: StandIn, method: string, path: string): Promise<void> {
  while (faults.held.some((rule) => fits(rule, { method, path }))) await delay(HOLD_LOOK_MS);
}

/** Answers one call: latency, faults and limit first, then the call itself, whose answer may be lost on purpose. */
export async function handleApi(standIn: StandIn, exchange: Exchange, path: string): Promise<void> {
  if (standIn.faults.latencyMs > 0) await delay(standIn.faults.latencyMs);
  await waitWhileHeld(standIn, exchange.method, path);
  const issue = exchange.method === "POST" ? ISSUERS[path] : undefined;
  const form = issue ? await exchange.readForm() : null;
  const token = findToken(standIn, exchange.request.headers.authorization);
  const clientId = form?.get("client_id") ?? token?.clientId ?? "unknown";
  const answer = await settle(
    () =>
      failOnPurpose(standIn, exchange, path) ??
      refuseOverLimit(standIn, clientId) ??
      (issue && form ? issue(standIn, form) : carryOut(standIn, exchange, path, token)),
  );
  const isLost = takeRule(standIn.faults.loseAnswerNext, { method: exchange.method, path }) !== null;
  const status = isLost ? null : answer.status;
  standIn.calls.add({ at: new Date().toISOString(), method: exchange.method, path, status, clientId });
  if (isLost) exchange.request.socket.destroy();
  else exchange.sendJson(answer.status, answer.body, answer.headers);
}

async function settle(work: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpError) return { status: error.status, body: error.body };
    throw error;
  }
}

function failOnPurpose(standIn: StandIn, exchange: Exchange, path: string): Answer | null {
  const rule = takeRule(standIn.faults.failNext, { method: exchange.method, path });
  if (!rule) return null;
  const { status, retryAfterSeconds, body } = rule;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return { status, body: body ?? { errors: [{ status, message: "Failed on purpose." }] }, headers };
}

function refuseOverLimit(standIn: StandIn, clientId: string): Answer | null {
  if (standIn.calls.admit(clientId)) return null;
  return { status: 429, body: { errors: [{ status: 429, message: "Too many requests." }] } };
}

function carryOut(
  standIn: StandIn,
  exchange: Exchange,
  path: string,
  token: AccessToken | null,
): Answer | Promise<Answer> {
  const found = findRoute(ROUTES, exchange, path);
  if (!found) throw apiError(404, "Not found.");
  return found.handle({ standIn, exchange, token });
}
