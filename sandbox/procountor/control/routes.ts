import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import { type Route, route } from "../../web/router";
import { sameSite } from "../../web/same-site";
import type { StandIn } from "../stand-in";
import { noticePage } from "../ui/consent-page";
import { addKey } from "./add-key";
import { addPersona } from "./add-persona";
import { addRequest } from "./add-request";
import { applyFaults } from "./apply-faults";
import { controlPage } from "./control-page";
import { carryOutAction } from "./form-actions";
import { invoicePage, invoicesPage, payInvoice } from "./invoices-page";
import { resetStandIn } from "./reset";

export function makeControlRoutes(standIn: StandIn): Route[] {
  return [
    route("GET", "/sandbox", (exchange) => exchange.sendPage(controlPage(standIn))),
    route("GET", "/sandbox/invoices", (exchange) => exchange.sendPage(invoicesPage(standIn))),
    route("GET", "/sandbox/invoices/:id", (exchange) => sendInvoice(standIn, exchange)),
    route(
      "POST",
      "/sandbox/invoices/:id/paid",
      sameSite((exchange) => {
        const id = exchange.param("id");
        if (payInvoice(standIn, id)) exchange.redirect(`/sandbox/invoices/${id}`);
        else sendInvoice(standIn, exchange);
      }),
    ),
    route("GET", "/sandbox/stats", (exchange) => exchange.sendJson(200, standIn.calls.read())),
    route("GET", "/sandbox/faults", (exchange) => exchange.sendJson(200, standIn.faults)),
    route(
      "POST",
      "/sandbox/faults",
      sameSite(async (exchange) => {
        await applyFaults(standIn, await exchange.readJson());
        exchange.sendJson(200, standIn.faults);
      }),
    ),
    route(
      "POST",
      "/sandbox/requests",
      sameSite(async (exchange) => exchange.sendJson(201, addRequest(standIn, await exchange.readJson()))),
    ),
    route(
      "POST",
      "/sandbox/keys",
      sameSite(async (exchange) => exchange.sendJson(201, addKey(standIn, await exchange.readJson()))),
    ),
    route(
      "POST",
      "/sandbox/personas",
      sameSite(async (exchange) => exchange.sendJson(201, addPersona(standIn, await exchange.readJson()))),
    ),
    route(
      "POST",
      "/sandbox/reset",
      sameSite((exchange) => {
        resetStandIn(standIn);
        exchange.sendJson(200, {});
      }),
    ),
    route(
      "POST",
      "/sandbox/actions",
      sameSite(async (exchange: Exchange) => {
        await carryOutAction(standIn, await exchange.readForm());
        exchange.redirect("/sandbox");
      }),
    ),
  ];
}

function sendInvoice(standIn: StandIn, exchange: Exchange): void {
  const found = invoicePage(standIn, exchange.param("id"));
  if (found) exchange.sendPage(found);
  else exchange.sendPage(noticePage("Not found", html`<p>There is no such invoice.</p>`), 404);
}
