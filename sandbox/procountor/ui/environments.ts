import type { Exchange } from "../../web/exchange";
import { type Html, html } from "../../web/html";
import { listPickableCompanies } from "../activation-requests";
import type { Company } from "../model";
import type { StandIn } from "../stand-in";
import { consentPage, errorBox } from "./consent-page";
import { environmentsScript } from "./environments-script";
import { type OpenFlow, stepUrl } from "./flows";

export function showEnvironments(standIn: StandIn, exchange: Exchange, open: OpenFlow): void {
  sendEnvironments(standIn, exchange, open, { picked: open.flow.companyIds, error: null });
}

export async function pickEnvironments(standIn: StandIn, exchange: Exchange, open: OpenFlow): Promise<void> {
  const form = await exchange.readForm();
  const picked = [...new Set(form.getAll("company").map(Number))];
  const error = findFault(standIn, open, picked);
  if (error !== null) return sendEnvironments(standIn, exchange, open, { picked, error });
  open.flow.companyIds = picked;
  standIn.store.save();
  exchange.redirect(stepUrl(open.id, "price"));
}

function findFault(standIn: StandIn, open: OpenFlow, picked: number[]): string | null {
  const cap = standIn.faults.maxSimultaneousActivations;
  const allowed = listPickableCompanies(standIn, open.integration, open.persona)
    .filter(isOpen)
    .map(({ id }) => id);
  if (picked.length === 0) return "Pick at least one environment.";
  if (cap !== null && picked.length > cap) return `You can activate at most ${cap} environments at once.`;
  return picked.every((id) => allowed.includes(id)) ? null : "One of the environments cannot be picked.";
}

function isOpen(company: Company): boolean {
  return company.operationType !== "CLOSED";
}

function sendEnvironments(
  standIn: StandIn,
  exchange: Exchange,
  open: OpenFlow,
  input: { picked: number[]; error: string | null },
): void {
  const listed = listPickableCompanies(standIn, open.integration, open.persona);
  const content = listed.length === 0 ? nothingToPick(open) : picker(standIn, listed, input);
  const script = listed.length === 0 ? undefined : environmentsScript;
  exchange.sendPage(consentPage("Environments", content, script), input.error === null ? 200 : 400);
}

function nothingToPick({ persona, integration }: OpenFlow): Html {
  return html`<p class="note">There are no environments to pick, ${persona.fullName}. An environment is listed when you have all
rights to user management in it and ${integration.name} is not active there yet.</p>`;
}

function picker(
  standIn: StandIn,
  listed: Company[],
  input: { picked: number[]; error: string | null },
): Html {
  const cap = standIn.faults.maxSimultaneousActivations;
  return html`<p>Environments in which you have all rights to user management and the integration was not activated this way.
${cap !== null && html`You can activate at most ${cap} at once.`}</p>
${errorBox(input.error)}
<form method="post">
<div class="actions"><label>Filter <input type="search" id="filter" autocomplete="off"></label>
<label><input type="checkbox" id="all"> Select all shown</label>
<span role="status"><span id="count">${input.picked.length}</span> of ${listed.length} picked</span></div>
<ul class="companies">${listed.map((company) => companyRow(company, input.picked.includes(company.id)))}</ul>
<p class="actions"><button class="main">Next</button></p>
</form>`;
}

function companyRow(company: Company, isPicked: boolean): Html {
  return html`<li><label><input type="checkbox" name="company" value="${company.id}"${isPicked && html` checked`}${
    !isOpen(company) && html` disabled`
  }> ${company.name} <span class="muted">${company.businessId}, environment ${company.id}${
    !isOpen(company) && ", closed: cannot be picked"
  }</span></label></li>`;
}
