import { type Answer, answerCall } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { HttpError } from "../../web/http-error";
import { findRoute, type Route, route } from "../../web/router";
import type { StandIn } from "../stand-in";
import { invalidClient, issueAccessToken } from "./access-token";
import type { ApiHandler } from "./api-call";
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

/** Answers one call: faults, subscription key and limit first, then the call itself. */
export async function handleApi(standIn: StandIn, exchange: Exchange, apiPath: ApiPath): Promise<void> {
  const { path } = apiPath;
  const { authorization, "ocp-apim-subscription-key": subscriptionKey } = exchange.request.headers;
  await answerCall({
    standIn,
    exchange,
    call: { method: exchange.method, path, caller: await findCaller(standIn, exchange, path) },
    clientId: authorization ?? "",
    makeFailure: (status) => ({ title: "Failed on purpose", status }),
    carryOut: () =>
      refuseAtGateway(standIn, String(subscriptionKey ?? "")) ?? carryOut(standIn, exchange, apiPath),
  });
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
