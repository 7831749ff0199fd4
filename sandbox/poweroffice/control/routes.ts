import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import { type Route, route } from "../../web/router";
import { sameSite } from "../../web/same-site";
import { makeFaultSettings } from "../faults";
import type { StandIn } from "../stand-in";
import { dialogPage } from "../ui/pages";
import { addByHand } from "./add-by-hand";
import { addKey } from "./add-key";
import { addUser } from "./add-user";
import { applyFaults } from "./apply-faults";
import { consent } from "./consent";
import { controlPage } from "./control-page";
import { orderPage, payInvoice, sendDraft } from "./orders-page";

export function makeControlRoutes(standIn: StandIn): Route[] {
  const post = (path: string, work: (body: unknown) => unknown): Route =>
    route(
      "POST",
      `/sandbox/${path}`,
      sameSite(async (exchange) => exchange.sendJson(200, (await work(await exchange.readJson())) ?? {})),
    );
  return [
    route("GET", "/sandbox", (exchange) => exchange.sendPage(controlPage(standIn))),
    route("GET", "/sandbox/orders/:id", (exchange) => sendOrderPage(standIn, exchange)),
    ...Object.entries({ sent: sendDraft, paid: payInvoice }).map(([step, work]) =>
      route(
        "POST",
        `/sandbox/orders/:id/${step}`,
        sameSite((exchange) => {
          const id = exchange.param("id");
          if (work(standIn, id)) exchange.redirect(`/sandbox/orders/${id}`);
          else sendOrderPage(standIn, exchange);
        }),
      ),
    ),
    route("GET", "/sandbox/stats", (exchange) => exchange.sendJson(200, standIn.calls.read())),
    route("GET", "/sandbox/integrations", (exchange) => exchange.sendJson(200, listIntegrations(standIn))),
    post("faults", (body) => applyFaults(standIn, body)),
    post("consents", (body) => consent(standIn, body)),
    post("users", (body) => addUser(standIn, body)),
    post("keys", (body) => addKey(standIn, body)),
    post("reset", () => reset(standIn)),
    route(
      "POST",
      "/sandbox/actions",
      sameSite((exchange) => carryOutForm(standIn, exchange)),
    ),
  ];
}

function sendOrderPage(standIn: StandIn, exchange: Exchange): void {
  const found = orderPage(standIn, exchange.param("id"));
  if (found) exchange.sendPage(found);
  else
    exchange.sendPage(
      dialogPage("There is no such order", html`<p>It may have been deleted in Go.</p>`),
      404,
    );
}

/** Without the keys. */
function listIntegrations({ store }: StandIn): { clientId: string; isActive: boolean }[] {
  return store.state.integrations.map(({ clientId, isActive }) => ({ clientId, isActive }));
}

async function carryOutForm(standIn: StandIn, exchange: Exchange): Promise<void> {
  const form = await exchange.readForm();
  const ofNewKey = form.get("addByHand");
  if (ofNewKey !== null) {
    exchange.sendPage(addByHand(standIn, ofNewKey, form.get("applicationKey") ?? ""));
    return;
  }
  const clientId = form.get("removeInGo");
  if (form.has("reset")) reset(standIn);
  if (clientId !== null) await applyFaults(standIn, { removeInGo: clientId });
  exchange.redirect("/sandbox");
}

function reset(standIn: StandIn): void {
  standIn.store.reset();
  standIn.calls.clear();
  Object.assign(standIn.faults, makeFaultSettings());
}
