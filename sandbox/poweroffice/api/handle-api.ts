import { type Answer, answerCall } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import { HttpError } from "../../web/http-error";
import { findRoute, type Route, route } from "../../web/router";
import type { StandIn } from "../stand-in";
import { invalidClient, issueAccessToken } from "./access-token";
import type { ApiHandler } from "./api-call";
import { getClientIntegrationInformation, removeIntegration } from "./client-integration";
import { getCustomer, listCustomers, patchCustomer, postCustomer } from "./customers";
import { findCaller } from "./find-caller";
import { finalizeOnboarding, initiateOnboarding } from "./onboarding";
import {
  getProduct,
  listProductGroups,
  listProducts,
  patchProduct,
  postProduct,
  postProductGroup,
} from "./products";
import {
  getOrganizationSettings,
  listAccounts,
  listNumberSeries,
  listPaymentTerms,
  listVatCodes,
} from "./registers";
import {
  deleteLine,
  getCompleteOrder,
  getInvoice,
  getOrder,
  listInvoices,
  listOrders,
  patchLine,
  patchOrder,
  postLine,
  postOrder,
} from "./sales-orders";

/** The stand-in is the vendor's Demo; its production is at the same host without `/Demo` and knows other keys. */
const API_PATH = /^(\/demo)?(?:\/v2(\/.*)|\/oauth\/token)$/i;

/** The case of a path does not count. */
const anyCase = ({ pattern, ...rest }: Route<ApiHandler>): Route<ApiHandler> => ({
  ...rest,
  pattern: new RegExp(pattern.source, "i"),
});

const ROUTES: readonly Route<ApiHandler>[] = [
  route("POST", "/OAuth/Token", issueAccessToken),
  route("POST", "/Onboarding/Initiate", initiateOnboarding),
  route("POST", "/Onboarding/Finalize", finalizeOnboarding),
  route("GET", "/ClientIntegrationInformation", getClientIntegrationInformation),
  route("DELETE", "/Offboarding/RemoveIntegration", removeIntegration),
  route("GET", "/OrganizationSettings", getOrganizationSettings),
  route("GET", "/SubLedgerNumberSeries", listNumberSeries),
  route("GET", "/Products", listProducts),
  route("POST", "/Products", postProduct),
  route("GET", "/Products/:id", getProduct),
  route("PATCH", "/Products/:id", patchProduct),
  route("GET", "/ProductGroups", listProductGroups),
  route("POST", "/ProductGroups", postProductGroup),
  route("GET", "/Customers", listCustomers),
  route("POST", "/Customers", postCustomer),
  route("GET", "/Customers/:id", getCustomer),
  route("PATCH", "/Customers/:id", patchCustomer),
  route("GET", "/PaymentTerms", listPaymentTerms),
  route("GET", "/VatCodes", listVatCodes),
  route("GET", "/GeneralLedgerAccounts", listAccounts),
  route("GET", "/SalesOrders", listOrders),
  route("POST", "/SalesOrders/Complete", postOrder),
  route("GET", "/SalesOrders/:id", getOrder),
  route("GET", "/SalesOrders/:id/Complete", getCompleteOrder),
  route("PATCH", "/SalesOrders/:id", patchOrder),
  route("POST", "/SalesOrders/:id/Lines", postLine),
  route("PATCH", "/SalesOrders/:id/Lines/:lineId", patchLine),
  route("DELETE", "/SalesOrders/:id/Lines/:lineId", deleteLine),
  route("GET", "/OutgoingInvoices", listInvoices),
  route("GET", "/OutgoingInvoices/:id", getInvoice),
].map(anyCase);

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
    makeFailure: (status) => makeFailure(path, status),
    carryOut: () =>
      refuseAtGateway(standIn, String(subscriptionKey ?? "")) ?? carryOut(standIn, exchange, apiPath),
  });
}

/** As the vendor words each: 401 and 403 come without a body, 429 from the gateway, and tokens fail in the shape of OAuth 2.0. */
function makeFailure(path: string, status: number): object | undefined {
  if (status === 401 || status === 403) return undefined;
  if (status === 429) return OVER_LIMIT;
  if (path.toLowerCase() === "/oauth/token")
    return { error: status < 500 ? "invalid_request" : "server_error" };
  return { title: "Failed on purpose", status };
}

const OVER_LIMIT = { statusCode: "429", message: "Rate limit is exceeded. Try again in 1 seconds." };
const NO_SUCH_PATH = { statusCode: 404, message: "Resource not found" };

/** The secondary key of a subscription, which the stand-in makes of its primary one. */
export const secondaryKeyOf = (subscriptionKey: string): string => `${subscriptionKey}-secondary`;

/** The gateway in front of the API answers in a shape of its own. */
function refuseAtGateway({ calls, options, faults }: StandIn, subscriptionKey: string): Answer | null {
  if (faults.isVersionEnded) return { status: 404, body: NO_SUCH_PATH };
  // A subscription has two keys that work side by side, so that one can be replaced while the other is used.
  if (![options.subscriptionKey, secondaryKeyOf(options.subscriptionKey)].includes(subscriptionKey)) {
    const message = "Access denied due to invalid subscription key. Make sure to provide a valid key.";
    const status = faults.subscriptionRefusal;
    return { status, body: { statusCode: status, message } };
  }
  return calls.admit("subscription key") ? null : { status: 429, body: OVER_LIMIT };
}

function carryOut(standIn: StandIn, exchange: Exchange, { isDemo, path }: ApiPath): Answer | Promise<Answer> {
  if (!isDemo) throw invalidClient();
  const found = findRoute(ROUTES, exchange, path);
  if (!found) throw new HttpError(404, NO_SUCH_PATH);
  return found.handle({ standIn, exchange });
}
