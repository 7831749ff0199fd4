import { html } from "../web/html";
import { findRoute } from "../web/router";
import { type RunningServer, serve } from "../web/serve";
import { findApiCall, handleApi } from "./api/handle-api";
import { makeControlRoutes } from "./control/routes";
import { dialogPage } from "./login/pages";
import { makeLoginRoutes } from "./login/routes";
import { makeStandIn, type SuperOfficeSandboxOptions } from "./stand-in";
import type { SuperOfficeState } from "./state";

export type SuperOfficeSandbox = RunningServer & {
  /** What the stand-in holds now. */
  readonly state: SuperOfficeState;
};

/**
 * Starts the stand-in: the vendor's sign-in below `/login`, tenants' states below `/api/state`, each tenant's own API below its
 * host and id, our own switches below `/sandbox`.
 */
export async function startSuperOfficeSandbox(
  options: SuperOfficeSandboxOptions,
): Promise<SuperOfficeSandbox> {
  const standIn = makeStandIn(options);
  const routes = [...makeLoginRoutes(standIn), ...makeControlRoutes(standIn)];
  const server = await serve(options.port, async (exchange) => {
    const path = exchange.url.pathname;
    const call = await findApiCall(exchange);
    if (call) return handleApi(standIn, exchange, call);
    if (path === "/") return exchange.redirect("/sandbox");
    const found = findRoute(routes, exchange, path);
    if (found) return found.handle(exchange);
    exchange.sendPage(dialogPage("Not found", html`<p>There is nothing at this address.</p>`), 404);
  });
  standIn.url = server.url;
  return {
    ...server,
    get state() {
      return standIn.store.state;
    },
  };
}
