import { setTimeout as delay } from "node:timers/promises";
import { fits, takeRule } from "../../web/call-rules";
import type { Exchange } from "../../web/exchange";
import { HttpError } from "../../web/http-error";
import { findRoute, type Route, route } from "../../web/router";
import type { StandIn } from "../stand-in";
import { invalidClient, issueAccessToken } from "./access-token";
import type { Answer, ApiHandler } from "./api-call";
import { getClientIntegrationInformation, removeIntegration } from "./client-integration";
import { findCaller } from "./find-caller";
import { finalizeOnboarding, initiateOnboarding } from "./onboarding";
import { getOrganizationSettings, listCustomers, listNumberSeries, listProducts } from "./registers";

/** The stand-in is the vendor's Demo; its production is at the same host without `/Demo` and knows other keys. */
const API_PATH = /^(\/demo)?(?:\/v2(\/.*)|\/oauth\/token)$/i;

const ROUTES: readonly Route<ApiHandler>[] = [
  route("POST", "/OAuth/Token", issueAccessToken),
  route("POST", "/Onboarding/Initiate", initiateOnboarding),
  route("POST", "/Onboarding/Finalize", finalizeOnboarding),
  route("GET", "/ClientIntegrationInformation", getClientIntegrationInformation),
  route("DELETE", "/Offboarding/RemoveIntegration", removeIntegration),
  route("GET", "/OrganizationSettings", getOrganizationSettings),
  route("GET", "/SubLedgerNumberSeries", listNumberSeries),
  route("GET", "/Products", listProducts),
  route("GET", "/Customers", listCustomers),
];

export type ApiPath = { isDemo: boolean; path: string };

/** The path below the version prefix; null when it is no path of the API. */
export function toApiPath(path: string): ApiPath | null {
  const match = API_PATH.exec(path);
  if (!match) return null;
  return { isDemo: match[1] !== undefined, path: match[2] ?? "/OAuth/Token" };
}

const HOLD_LOOK_MS = 20;

type Call = { method: string; path: string; caller: string | null };

async function waitWhileHeld({ faults }: StandIn, call: Call): Promise<void> {
  while (faults.held.some((rule) => fits(rule, call))) await delay(HOLD_LOOK_MS);
}

/** Answers one call: latency, faults, subscription key and limit first, then the call itself. */
export async function handleApi(standIn: StandIn, exchange: Exchange, apiPath: ApiPath): Promise<void> {
  const { method } = exchange;
  const { path } = apiPath;
  if (standIn.faults.latencyMs > 0) await delay(standIn.faults.latencyMs);
  const call = { method, path, caller: await findCaller(standIn, exchange, path) };
  await waitWhileHeld(standIn, call);
  const subscriptionKey = String(exchange.request.headers["ocp-apim-subscription-key"] ?? "");
  const answer = await settle(
    () =>
      failOnPurpose(standIn, call) ??
      refuseAtGateway(standIn, subscriptionKey) ??
      carryOut(standIn, exchange, apiPath),
  );
  const isLost = takeRule(standIn.faults.loseAnswerNext, call) !== null;
  const status = isLost ? null : answer.status;
  const clientId = exchange.request.headers.authorization ?? "";
  standIn.calls.add({ at: new Date().toISOString(), method, path, status, clientId });
  if (isLost) exchange.request.socket.destroy();
  else if (answer.body === undefined) exchange.send(answer.status, "", answer.headers ?? {});
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

function failOnPurpose({ faults }: StandIn, call: Call): Answer | null {
  const rule = takeRule(faults.failNext, call);
  if (!rule) return null;
  const { status, retryAfterSeconds, body } = rule;
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return { status, body: body ?? { title: "Failed on purpose", status }, headers };
}

/** The gateway in front of the API answers in a shape of its own. */
function refuseAtGateway({ calls, options }: StandIn, subscriptionKey: string): Answer | null {
  if (subscriptionKey !== options.subscriptionKey) {
    const message = "Access denied due to invalid subscription key. Make sure to provide a valid key.";
    return { status: 401, body: { statusCode: 401, message } };
  }
  if (calls.admit("subscription key")) return null;
  return {
    status: 429,
    body: { statusCode: "429", message: "Rate limit is exceeded. Try again in 1 seconds." },
  };
}

function carryOut(standIn: StandIn, exchange: Exchange, { isDemo, path }: ApiPath): Answer | Promise<Answer> {
  if (!isDemo) throw invalidClient();
  const found = findRoute(ROUTES, exchange, path);
  if (!found) throw new HttpError(404, { statusCode: 404, message: "Resource not found" });
  return found.handle({ standIn, exchange });
}
