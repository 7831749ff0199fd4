import { html } from "../web/html";
import { findRoute } from "../web/router";
import { type RunningServer, serve } from "../web/serve";
import { handleApi, toApiPath } from "./api/handle-api";
import { makeControlRoutes } from "./control/routes";
import { makeStandIn, type ProcountorSandboxOptions, type StandIn } from "./stand-in";
import type { ProcountorState } from "./state";
import { noticePage } from "./ui/consent-page";
import { makeConsentRoutes } from "./ui/routes";

export type ProcountorSandbox = RunningServer & {
  /** What the stand-in holds now. */
  readonly state: ProcountorState;
};

/** Starts the stand-in: the vendor's API below `/api`, its dialog below `/ui`, and our own switches below `/sandbox`. */
export async function startProcountorSandbox(options: ProcountorSandboxOptions): Promise<ProcountorSandbox> {
  const standIn: StandIn = makeStandIn(options);
  const routes = [...makeConsentRoutes(standIn), ...makeControlRoutes(standIn)];
  const server = await serve(options.port, (exchange) => {
    const path = exchange.url.pathname;
    const apiPath = toApiPath(standIn, path);
    if (apiPath !== null) return handleApi(standIn, exchange, apiPath);
    if (path === "/") return exchange.redirect("/sandbox");
    const found = findRoute(routes, exchange, path);
    if (found) return found.handle(exchange);
    exchange.sendPage(noticePage("Not found", html`<p>There is nothing at this address.</p>`), 404);
  });
  return {
    ...server,
    get state() {
      return standIn.store.state;
    },
  };
}
