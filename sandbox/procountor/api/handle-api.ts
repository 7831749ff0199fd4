import { type Answer, answerCall } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { findRoute, type Route, route } from "../../web/router";
import type { AccessToken } from "../model";
import type { StandIn } from "../stand-in";
import { type ApiHandler, apiError } from "./api-call";
import { listIntegrationCustomers } from "./integration-customers";
import { getIntegrationRequest, putIntegrationRequest } from "./integration-requests";
import {
  getDefaultVats,
  getFiscalYears,
  getInvoice,
  postInvoice,
  putInvoice,
  searchInvoices,
} from "./invoices";
import { issueKey } from "./oauth-key";
import { findToken, issueToken } from "./oauth-token";
import { getRegistered, postRegistered, putRegistered, searchPartners, searchProducts } from "./registers";
import { getStatus, logOut } from "./session";
import { getCompany, getSessionInfo, getUserRights } from "./who-am-i";

const API_PATH = /^(?:\/(latest|supported|v2604))?\/api(\/.*)$/;

const ROUTES: readonly Route<ApiHandler>[] = [
  route("GET", "/integrations/:id/customers", listIntegrationCustomers),
  route("GET", "/integrations/:id", getIntegrationRequest),
  route("PUT", "/integrations/:id", putIntegrationRequest),
  route("GET", "/company", getCompany),
  route("GET", "/users/rights", getUserRights),
  route("GET", "/sessioninfo", getSessionInfo),
  route("GET", "/status", getStatus),
  route("POST", "/logout", logOut),
  route("GET", "/invoices", searchInvoices),
  route("POST", "/invoices", postInvoice),
  route("GET", "/invoices/:id", getInvoice),
  route("PUT", "/invoices/:id", putInvoice),
  route("GET", "/businesspartners", searchPartners),
  route("POST", "/businesspartners", postRegistered("partners")),
  route("GET", "/businesspartners/:id", getRegistered("partners")),
  route("PUT", "/businesspartners/:id", putRegistered("partners")),
  route("GET", "/products", searchProducts),
  route("POST", "/products", postRegistered("products")),
  route("GET", "/products/:id", getRegistered("products")),
  route("PUT", "/products/:id", putRegistered("products")),
  route("GET", "/vats/default", getDefaultVats),
  route("GET", "/fiscalyears", getFiscalYears),
];

/** Calls that bring a client's credentials in a form instead of a token. */
const ISSUERS: Record<string, (standIn: StandIn, form: URLSearchParams) => Answer> = {
  "/oauth/token": issueToken,
  "/oauth/key": issueKey,
};

/**
 * The path below the version prefix; null when it is no path of the API, as of a version that has ended. Public clients log
 * out without a prefix.
 */
export function toApiPath({ faults }: StandIn, path: string): string | null {
  if (path === "/logout") return path;
  const [, version, apiPath] = API_PATH.exec(path) ?? [];
  if (version !== undefined && faults.endedVersions.includes(version)) return null;
  return apiPath ?? null;
}

/** Failures of OAuth 2.0 have their own shape (RFC 6749, 5.2). */
function makeFailure(path: string, status: number): object {
  if (ISSUERS[path]) return { error: status < 500 ? "invalid_grant" : "server_error" };
  return { errors: [{ status, message: "Failed on purpose." }] };
}

/** Answers one call: faults and limit first, then the call itself. */
export async function handleApi(standIn: StandIn, exchange: Exchange, path: string): Promise<void> {
  const { method } = exchange;
  const issue = method === "POST" ? ISSUERS[path] : undefined;
  const form = issue ? await exchange.readForm() : null;
  // Looked up again for the call itself: it may have been held back, and the token have ended meanwhile.
  const readToken = () => findToken(standIn, exchange.request.headers.authorization);
  const clientId = form?.get("client_id") ?? readToken()?.clientId ?? "unknown";
  await answerCall({
    standIn,
    exchange,
    call: { method, path },
    clientId,
    makeFailure: (status) => makeFailure(path, status),
    carryOut: () =>
      refuseOverLimit(standIn, clientId) ??
      (issue && form ? issue(standIn, form) : carryOut(standIn, exchange, path, readToken())),
  });
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
