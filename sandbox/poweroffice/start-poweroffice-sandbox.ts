import { html } from "../web/html";
import { findRoute } from "../web/router";
import { type RunningServer, serve } from "../web/serve";
import { handleApi, toApiPath } from "./api/handle-api";
import { makeControlRoutes } from "./control/routes";
import { makeStandIn, type PowerOfficeSandboxOptions } from "./stand-in";
import type { PowerOfficeState } from "./state";
import { dialogPage } from "./ui/pages";
import { makeConsentRoutes } from "./ui/routes";

export type PowerOfficeSandbox = RunningServer & {
  /** What the stand-in holds now. */
  readonly state: PowerOfficeState;
};

/** Starts the stand-in: the vendor's API below `/Demo`, its dialog at `/ApiAuthV2`, our own switches below `/sandbox`. */
export async function startPowerOfficeSandbox(
  options: PowerOfficeSandboxOptions,
): Promise<PowerOfficeSandbox> {
  const standIn = makeStandIn(options);
  const routes = [...makeConsentRoutes(standIn), ...makeControlRoutes(standIn)];
  const server = await serve(options.port, (exchange) => {
    const path = exchange.url.pathname;
    const apiPath = toApiPath(path);
    if (apiPath !== null) return handleApi(standIn, exchange, apiPath);
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
