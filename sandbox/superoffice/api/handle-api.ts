import { type Answer, answerCall } from "../../web/answer-call";
import type { Exchange } from "../../web/exchange";
import type { HttpError } from "../../web/http-error";
import { findRoute } from "../../web/router";
import { describeProvider } from "../login/discovery";
import { listPublicKeys } from "../login/signing-keys";
import { issueTokens } from "../login/tokens";
import type { Tenant } from "../model";
import { findTenant, type StandIn } from "../stand-in";
import { authenticate } from "./system-user";
import { crmOf, failure, refusal } from "./tenant-call";
import { tenantRoutes } from "./tenant-routes";
import { getTenantState, isServed } from "./tenant-state";

type Handle = (standIn: StandIn, exchange: Exchange) => Answer | Promise<Answer>;

/** A call of the API: its path as the log and the faults name it, and the tenant whose limit it takes from. */
export type ApiCall = { path: string; tenantId: string | null; handle: Handle };

const PROVIDER: Readonly<Record<string, Handle>> = {
  "GET /login/.well-known/openid-configuration": ({ url }) => ({ status: 200, body: describeProvider(url) }),
  "GET /login/.well-known/jwks": (standIn) => ({ status: 200, body: { keys: listPublicKeys(standIn) } }),
  "POST /login/common/oauth/tokens": issueTokens,
};
const STATE = /^\/api\/state\/(\w+)$/;
const AUTHENTICATE = "/Login/api/PartnerSystemUser/Authenticate";
/** Host, tenant and path of a tenant's own API. */
const TENANT_API = /^\/(online\d+)\/(\w+)\/api(\/v1\/.+)$/;

/** The call that a request is; null when it is none of the API. */
export async function findApiCall(exchange: Exchange): Promise<ApiCall | null> {
  const path = exchange.url.pathname;
  const ofProvider = PROVIDER[`${exchange.method} ${path}`];
  if (ofProvider) return { path, tenantId: null, handle: ofProvider };
  const ofState = STATE.exec(path)?.[1];
  if (ofState !== undefined && exchange.method === "GET")
    return { path: "/api/state", tenantId: ofState, handle: (standIn) => getTenantState(standIn, ofState) };
  if (path === AUTHENTICATE && exchange.method === "POST")
    return { path, tenantId: await readContext(exchange), handle: authenticate };
  const [, host = "", tenantId = "", ownPath = ""] = TENANT_API.exec(path) ?? [];
  if (ownPath === "") return null;
  const handle: Handle = (standIn) => answerForTenant(standIn, exchange, { host, tenantId, path: ownPath });
  return { path: ownPath, tenantId, handle };
}

async function readContext(exchange: Exchange): Promise<string | null> {
  const body = await exchange.readJson();
  const has = typeof body === "object" && body !== null && "ContextIdentifier" in body;
  return has && typeof body.ContextIdentifier === "string" ? body.ContextIdentifier : null;
}

/** Answers one call: faults first, then the tenant's limit, then the call itself. */
export async function handleApi(standIn: StandIn, exchange: Exchange, api: ApiCall): Promise<void> {
  const { path, tenantId } = api;
  await answerCall({
    standIn,
    exchange,
    call: { method: exchange.method, path, caller: tenantId },
    clientId: tenantId ?? "",
    makeFailure: (status) => failure("Failed on purpose", String(status)),
    carryOut: () => {
      if (tenantId !== null && !standIn.calls.admit(tenantId)) throw tooMany();
      return api.handle(standIn, exchange);
    },
  });
}

function answerForTenant(
  standIn: StandIn,
  exchange: Exchange,
  { host, tenantId, path }: { host: string; tenantId: string; path: string },
): Answer | Promise<Answer> {
  const tenant = findTenant(standIn, tenantId);
  if (!tenant || tenant.host !== host)
    throw refusal(421, "SoMisdirectedException", "The tenant is not here.");
  if (!isServed(tenant)) throw refusal(503, "SoTenantException", `The tenant's state is ${tenant.state}.`);
  requireTicket(standIn, exchange, tenant);
  const found = findRoute(tenantRoutes, exchange, path);
  if (!found) throw refusal(404, "SoNotFoundException", `There is no ${path}.`);
  return found.handle({ standIn, exchange, tenant, crm: crmOf(standIn, tenantId) });
}

/** A use lets the ticket live on. */
function requireTicket({ application, store, faults }: StandIn, exchange: Exchange, tenant: Tenant): void {
  const { authorization, "so-apptoken": applicationToken } = exchange.request.headers;
  const given = /^SOTicket (\S+)$/.exec(authorization ?? "")?.[1] ?? "";
  const { tickets } = store.state;
  const ticket = Object.hasOwn(tickets, given) ? tickets[given] : undefined;
  const lives = ticket && ticket.usedAtMs + faults.ticketLifetimeSeconds * 1000 > Date.now();
  if (!lives || ticket.tenantId !== tenant.id || applicationToken !== application.clientSecret)
    throw refusal(401, "SoSessionException", "The ticket is not accepted.");
  ticket.usedAtMs = Date.now();
  store.save();
}

function tooMany(): HttpError {
  return refusal(429, "SoThrottledException", "No more than 10 calls a second.");
}
