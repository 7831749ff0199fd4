import { type Html, html } from "../web/html";
import { partnerPage } from "./partner-page";
import type { PortalEnvironment, PortalRequest } from "./portal-client";

/** The request as the partner sees it, with the decisions it can take. */
export function requestPage(request: PortalRequest, error: string | null): Html {
  const base = `/partner/requests/${request.id}`;
  return partnerPage(
    `Activate ${request.integrationName}`,
    html`<p>Welcome. A customer asks to activate <strong>${request.integrationName}</strong> in
${request.environments.length} environment${request.environments.length !== 1 && "s"}. A real partner would ask the customer to sign in here or to
choose settings; this one lets you decide in its place.</p>
${request.deadlineAt !== null && html`<p>Decide before <time datetime="${request.deadlineAt}">${request.deadlineAt}</time>.</p>`}
${error !== null && html`<p class="error" role="alert">${error}</p>`}
<ul class="companies">${request.environments.map(environmentRow)}</ul>
<form method="post" action="${base}/approve"><p class="actions"><button class="main">Approve all</button></p></form>
<form method="post" action="${base}/reject">
<fieldset><legend>Reject one with a reason</legend>
${request.environments.map(rejectBox)}
<label for="reason">Reason, which the customer reads</label>
<input id="reason" name="reason" size="60" maxlength="255" placeholder="There is no contract for this company">
<p class="muted">Those that are not ticked are approved.</p>
<p class="actions"><button>Send this decision</button></p>
</fieldset></form>
<p><a href="${base}/silent">Stay silent</a></p>`,
  );
}

function environmentRow(environment: PortalEnvironment): Html {
  return html`<li>${environment.name} <span class="muted">${environment.businessId}${
    environment.state !== null && ` – ${environment.state.replaceAll("_", " ")}`
  }</span></li>`;
}

function rejectBox({ environmentId, name, businessId }: PortalEnvironment): Html {
  return html`<label><input type="checkbox" name="reject" value="${environmentId}"> ${name} <span class="muted">${businessId}</span></label>`;
}

export function silentPage(request: PortalRequest): Html {
  return partnerPage(
    "Nothing was sent",
    html`<p>The portal waits until ${request.deadlineAt ?? "its deadline"}. Then it ends the request as timed out, tells the vendor that nothing is
activated, and the customer can try again.</p>
<p><a href="/partner/requests/${request.id}">Back to the request</a></p>`,
  );
}
