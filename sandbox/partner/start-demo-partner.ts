import { html } from "../web/html";
import { JsonStore } from "../web/json-store";
import { findRoute, type Route, route } from "../web/router";
import { type RunningServer, serve } from "../web/serve";
import { approveAll, type Partner, rejectSome, show, start, staySilent } from "./handle-request";
import { indexPage } from "./index-page";
import { partnerPage } from "./partner-page";
import { type PartnerOptions, PortalClient } from "./portal-client";
import { makeShopState } from "./shop/order";
import { closedShop, makeShopRoutes } from "./shop/routes";

/** Starts the index of the sandbox and, below `/partner`, the page of a fictional partner. */
export function startDemoPartner(options: PartnerOptions): Promise<RunningServer> {
  const partner: Partner = {
    client: new PortalClient(options),
    store: new JsonStore(options.stateDir, "partner", () => ({ visits: {} })),
  };
  const routes: Route[] = [
    route("GET", "/", (exchange) => exchange.sendPage(indexPage(options))),
    route("GET", "/partner/start", (exchange) => start(partner, exchange)),
    route("GET", "/partner/requests/:id", (exchange) => show(partner, exchange)),
    route("GET", "/partner/requests/:id/silent", (exchange) => staySilent(partner, exchange)),
    route("POST", "/partner/requests/:id/approve", (exchange) => approveAll(partner, exchange)),
    route("POST", "/partner/requests/:id/reject", (exchange) => rejectSome(partner, exchange)),
    ...listShopRoutes(options),
  ];
  return serve(options.port, (exchange) => {
    const found = findRoute(routes, exchange, exchange.url.pathname);
    if (found) return found.handle(exchange);
    exchange.sendPage(partnerPage("Not found", html`<p>There is nothing at this address.</p>`), 404);
  });
}

function listShopRoutes(options: PartnerOptions): Route[] {
  const { gatewayUrl, procountorUrl, powerofficeUrl, portalUrl, partnerApiKey: apiKey, stateDir } = options;
  if (gatewayUrl === undefined) return [closedShop];
  const store = new JsonStore(stateDir, "shop", makeShopState);
  const vendorUrls = { "esimerkki-orders": procountorUrl, "esimerkki-go-invoices": powerofficeUrl };
  return makeShopRoutes({ portalUrl, gatewayUrl, apiKey, vendorUrls, store });
}
