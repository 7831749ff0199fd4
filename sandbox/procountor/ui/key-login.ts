import type { Exchange } from "../../web/exchange";
import { type Html, html } from "../../web/html";
import { findKeyLogin, type KeyLogin, makeCode } from "../key-logins";
import type { Persona } from "../model";
import { findCompany, findPersona, listPersonas, type StandIn } from "../stand-in";
import { noticePage } from "./consent-page";

const USERS = { technical: "technical", person: "person" } as const;

/** `GET /keylogin`: who logs in, then which company's key it is to be. */
export function showKeyLogin(standIn: StandIn, exchange: Exchange): void {
  const query = exchange.url.searchParams;
  const login = findKeyLogin(standIn, query);
  if (!login) {
    sendUnknown(exchange);
    return;
  }
  const persona = findPersona(standIn, query.get("persona") ?? "");
  const content = persona
    ? companyForm(standIn, login, persona)
    : personaForm(listPersonas(standIn), query, login);
  exchange.sendPage(noticePage("Log in for an API key", content));
}

/** `POST /keylogin`: the browser takes a code for the key back to the integrator. */
export async function logInForKey(standIn: StandIn, exchange: Exchange): Promise<void> {
  const form = await exchange.readForm();
  const login = findKeyLogin(standIn, exchange.url.searchParams);
  const persona = findPersona(standIn, form.get("persona") ?? "");
  const companyId = Number(form.get("company"));
  if (!login || !persona?.companyIds.includes(companyId)) return sendUnknown(exchange);
  const isTechnical = form.get("user") !== USERS.person;
  const code = makeCode(standIn, login, { persona, companyId, isTechnical });
  exchange.redirect(returnAddress(login, { code, expires_in: "600" }));
}

function returnAddress({ redirectUri, state }: KeyLogin, answer: Record<string, string>): string {
  const url = new URL(redirectUri);
  url.search = new URLSearchParams({ ...answer, state }).toString();
  return url.href;
}

function sendUnknown(exchange: Exchange): void {
  const content = html`<p>This client, its return address or what was chosen is not known here.</p>`;
  exchange.sendPage(noticePage("Unknown client", content), 400);
}

function backLink(login: KeyLogin): Html {
  return html`<a class="button" href="${returnAddress(login, { error: "access_denied" })}">Cancel</a>`;
}

function personaForm(personas: readonly Persona[], query: URLSearchParams, login: KeyLogin): Html {
  return html`<p><strong>${login.integration.name}</strong> asks for an API key of your user.</p>
<form method="get">
${[...query].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<fieldset><legend>Who are you?</legend>
${personas.map(
  ({ email, fullName, description }, index) =>
    html`<label><input type="radio" name="persona" value="${email}"${index === 0 && html` checked`}>
<strong>${fullName}</strong> (${email}): ${description}</label>`,
)}
</fieldset>
<p class="actions">${backLink(login)}<button class="main">Log in</button></p>
</form>`;
}

function companyForm(standIn: StandIn, login: KeyLogin, persona: Persona): Html {
  const companies = persona.companyIds.flatMap((id) => findCompany(standIn, id) ?? []);
  return html`<p>Logged in: <strong>${persona.fullName}</strong>. The key belongs to one user in one company.</p>
<form method="post">
<input type="hidden" name="persona" value="${persona.email}">
<label for="company">Company</label>
<select id="company" name="company">${companies.map(
    ({ id, name }) => html`<option value="${id}">${name} (${id})</option>`,
  )}</select>
<fieldset><legend>Whose key?</legend>
<label><input type="radio" name="user" value="${USERS.technical}" checked> The user that you made for ${login.integration.name}</label>
<label><input type="radio" name="user" value="${USERS.person}"> Your own, with your rights</label>
</fieldset>
<p class="actions">${backLink(login)}<button class="main">Make the key</button></p>
</form>`;
}
