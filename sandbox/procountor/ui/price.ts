import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import { consentPage } from "./consent-page";
import { type OpenFlow, stepUrl } from "./flows";

export function showPrice(exchange: Exchange, open: OpenFlow): void {
  if (open.flow.companyIds.length === 0) {
    exchange.redirect(stepUrl(open.id, "environments"));
    return;
  }
  const content = html`<p>${open.integration.pricing}</p>
<p>Environments picked: <strong>${open.flow.companyIds.length}</strong>. The price depends on the integration; ask the integrator.</p>
<p class="actions"><a class="button" href="${stepUrl(open.id, "environments")}">Back</a>
<a class="button" href="${stepUrl(open.id, "technical-user")}">Next</a></p>`;
  exchange.sendPage(consentPage("Price", content));
}
