import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import { consentPage, errorBox } from "./consent-page";
import { type OpenFlow, stepUrl } from "./flows";

export function showTerms(exchange: Exchange, open: OpenFlow): void {
  sendTerms(exchange, open, null);
}

export async function acceptTerms(exchange: Exchange, open: OpenFlow): Promise<void> {
  const form = await exchange.readForm();
  if (form.get("accept") === "yes") return exchange.redirect(stepUrl(open.id, "environments"));
  sendTerms(exchange, open, "Accept the terms to go on.");
}

function sendTerms(exchange: Exchange, { integration, persona, flow }: OpenFlow, error: string | null): void {
  const content = html`<p>Logged in as <strong>${persona.fullName}</strong>.</p>
<h2>${integration.name}</h2>
<p>${integration.summary}</p>
<h2>Terms of activation</h2>
<p>${integration.terms}</p>
<p>The integrator is told your name, your e-mail address (${flow.initiatorEmail}) and, of each environment that you pick, its
name, country, business id and accounting office.</p>
${errorBox(error)}
<form method="post">
<label><input type="checkbox" name="accept" value="yes"> I accept the terms and agree to sharing these details</label>
<p class="actions"><button class="main">Next</button></p>
</form>`;
  exchange.sendPage(consentPage("Terms", content), error === null ? 200 : 400);
}
