import type { Exchange } from "../../web/exchange";
import { type Html, html } from "../../web/html";
import type { Integration, Persona } from "../model";
import { findIntegration, findPersona, listPersonas, type StandIn } from "../stand-in";
import { consentPage, errorBox, noticePage } from "./consent-page";
import { startFlow, stepUrl } from "./flows";

const EMAIL = /^[^\s@]+@[^\s@]+$/;

export function showLogIn(standIn: StandIn, exchange: Exchange): void {
  const integration = findIntegration(standIn, exchange.param("integration"));
  if (!integration) {
    sendUnknownIntegration(exchange);
    return;
  }
  const email = exchange.url.searchParams.get("email") ?? "";
  const input = { email: findPersona(standIn, email) ? "" : email, personaEmail: email, error: null };
  exchange.sendPage(logInPage(listPersonas(standIn), integration, input));
}

export async function logIn(standIn: StandIn, exchange: Exchange): Promise<void> {
  const integration = findIntegration(standIn, exchange.param("integration"));
  if (!integration) return sendUnknownIntegration(exchange);
  const form = await exchange.readForm();
  const persona = findPersona(standIn, form.get("persona") ?? "");
  const email = (form.get("email") ?? "").trim();
  if (!persona || (email !== "" && !EMAIL.test(email))) {
    const error = persona ? "That is not an e-mail address." : "Choose who you are.";
    const input = { email, personaEmail: form.get("persona") ?? "", error };
    exchange.sendPage(logInPage(listPersonas(standIn), integration, input), 400);
    return;
  }
  const flow = startFlow(standIn, {
    integrationId: integration.id,
    personaEmail: persona.email,
    initiatorEmail: email || persona.email,
    companyIds: [],
  });
  exchange.redirect(stepUrl(flow, "terms"));
}

function sendUnknownIntegration(exchange: Exchange): void {
  const content = html`<p>This activation link belongs to no integration.</p>`;
  exchange.sendPage(noticePage("Unknown integration", content), 404);
}

function logInPage(
  personas: readonly Persona[],
  integration: Integration,
  input: { email: string; personaEmail: string; error: string | null },
): Html {
  const chosen = personas.find(({ email }) => email === input.personaEmail.toLowerCase()) ?? personas[0];
  return consentPage(
    "Log in",
    html`<p>You are about to activate <strong>${integration.name}</strong>. ${integration.summary}</p>
${errorBox(input.error)}
<form method="post">
<fieldset><legend>Who are you?</legend>
${personas.map(
  (
    persona,
  ) => html`<label><input type="radio" name="persona" value="${persona.email}"${persona === chosen && html` checked`}>
<strong>${persona.fullName}</strong> (${persona.email}): ${persona.description}</label>`,
)}
</fieldset>
<label for="email">E-mail address that the integrator is told, if it is not the one above</label>
<input id="email" name="email" type="email" size="40" value="${input.email}" autocomplete="off">
<p class="actions"><button class="main">Log in</button></p>
</form>`,
  );
}
