import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import { createRequest, listPickableCompanies } from "../activation-requests";
import type { StandIn } from "../stand-in";
import { consentPage } from "./consent-page";
import { type OpenFlow, stepUrl } from "./flows";

const LEVEL_WORDS: Record<string, string> = { ALL_RIGHTS: "All rights", VIEWING_RIGHTS: "Viewing rights" };

export function showTechnicalUser(exchange: Exchange, open: OpenFlow): void {
  if (open.flow.companyIds.length === 0) {
    exchange.redirect(stepUrl(open.id, "environments"));
    return;
  }
  const { username, rights } = open.integration.technicalUser;
  const content = html`<p>The technical user <strong>${username}</strong> is added to the environments that you picked. Neither its name nor
its rights can be edited.</p>
<table><thead><tr><th>Right</th><th>Level</th></tr></thead><tbody>
${Object.entries(rights).map(([path, level]) => html`<tr><td><code>${path}</code></td><td>${LEVEL_WORDS[level] ?? level}</td></tr>`)}
</tbody></table>
<p class="note">The last steps are on the integrator's own pages. Procountor opens them in a new tab; this stand-in goes on in this one.</p>
<form method="post"><p class="actions"><a class="button" href="${stepUrl(open.id, "price")}">Back</a>
<button class="main">Continue at the integrator</button></p></form>`;
  exchange.sendPage(consentPage("Technical user", content));
}

/** Ends the dialog: from here on the vendor waits for the integrator's decision. */
export function continueAtIntegrator(standIn: StandIn, exchange: Exchange, open: OpenFlow): void {
  const { flow, integration, persona } = open;
  const pickable = listPickableCompanies(standIn, integration, persona).map(({ id }) => id);
  if (flow.companyIds.length === 0 || !flow.companyIds.every((id) => pickable.includes(id))) {
    exchange.redirect(stepUrl(open.id, "environments"));
    return;
  }
  const initiator = { email: flow.initiatorEmail, fullName: persona.fullName };
  const { callbackUrl } = createRequest(standIn, integration, initiator, flow.companyIds);
  exchange.redirect(callbackUrl);
}
