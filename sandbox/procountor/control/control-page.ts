import { type Html, html } from "../../web/html";
import { page } from "../../web/page";
import { isExpired } from "../activation-requests";
import type { ActivationRequest, TechnicalUser } from "../model";
import { findCompany, type StandIn } from "../stand-in";

/** What the stand-in holds and what can be made to go wrong. */
export function controlPage(standIn: StandIn): Html {
  const { requests, technicalUsers } = standIn.store.state;
  return page({
    banner: "Procountor stand-in – sandbox",
    title: "State and faults",
    content: html`<p>The stand-in forgets nothing on a restart, except the faults. The same is offered as JSON at
<code>/sandbox/faults</code>, <code>/sandbox/requests</code>, <code>/sandbox/personas</code>, <code>/sandbox/keys</code>, <code>/sandbox/stats</code> and <code>/sandbox/reset</code>.</p>
<h2>Integrations</h2>
<ul>${standIn.integrations.map(({ id, name }) => html`<li><a href="/ui/activate/${id}">${name}</a></li>`)}</ul>
<p><a href="/sandbox/invoices">Invoices</a> that were made here, to be marked as paid</p>
<h2>Requests</h2>
${requests.length === 0 ? html`<p>None yet.</p>` : requestTable(requests)}
<h2>Technical users</h2>
${userTable(standIn, technicalUsers)}
${faultForms(standIn)}
<h2>Start over</h2>
<form method="post" action="/sandbox/actions">${button("reset", {}, "Forget everything")}</form>`,
  });
}

function button(action: string, fields: Record<string, string | number>, label: string): Html {
  return html`<input type="hidden" name="action" value="${action}">
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button>${label}</button>`;
}

function requestTable(requests: readonly ActivationRequest[]): Html {
  return html`<div class="scroll"><table><thead><tr><th>Id</th><th>Integration</th><th>Initiator</th><th>Companies</th><th>State</th><th></th></tr></thead>
<tbody>${[...requests].reverse().map(
    (
      request,
    ) => html`<tr><td><a href="/ui/requests/${request.id}">${request.id}</a></td><td>${request.integrationId}</td><td>${request.initiator.email}</td>
<td>${request.companyIds.length}</td><td>${describeState(request)}</td><td>${
      !request.decision &&
      !isExpired(request) &&
      html`<form method="post" action="/sandbox/actions">${button("expireRequest", { requestId: request.id }, "Expire")}</form>`
    }</td></tr>`,
  )}</tbody></table></div>`;
}

function describeState(request: ActivationRequest): string {
  if (!request.decision)
    return isExpired(request) ? "expired without a decision" : `open until ${request.expiresAt}`;
  const reasons = request.decision.rejected.map(({ companyId, reason }) => `${companyId}: ${reason}`);
  const rejected = reasons.length === 0 ? "" : `, rejected ${reasons.length} (${reasons.join("; ")})`;
  return `approved ${request.decision.approved.length}${rejected}`;
}

function userTable(standIn: StandIn, users: readonly TechnicalUser[]): Html {
  return html`<div class="scroll"><table><thead><tr><th>Company</th><th>User</th><th>Set up</th><th>Key</th></tr></thead>
<tbody>${users.map(
    (
      user,
    ) => html`<tr><td>${findCompany(standIn, user.companyId)?.name} (${user.companyId})</td><td>${user.username}, ${user.role}</td>
<td>${user.isManaged ? "by activation" : "by hand"}</td><td>${
      user.isRevoked
        ? "revoked"
        : html`<form method="post" action="/sandbox/actions">${button("revokeKey", { companyId: user.companyId, vendorIntegrationId: user.integrationId }, "Revoke")}</form>`
    }</td></tr>`,
  )}</tbody></table></div>`;
}

function faultForms({ faults }: StandIn): Html {
  return html`<h2>Settings</h2>
<form method="post" action="/sandbox/actions"><input type="hidden" name="action" value="settings">
<label>Delay of each API call, in milliseconds <input name="latencyMs" type="number" min="0" value="${faults.latencyMs}"></label>
<label>Lifetime of new requests, in seconds <input name="requestLifetimeSeconds" type="number" min="1" value="${faults.requestLifetimeSeconds}"></label>
<label>Cap of this dialog; empty for none <input name="cap" type="number" min="1" value="${faults.maxSimultaneousActivations}"></label>
<button>Save</button></form>
<h2>Fail the next calls</h2>
<form method="post" action="/sandbox/actions"><input type="hidden" name="action" value="failNext">
<label>Method <select name="method"><option value="">any</option><option>GET</option><option>PUT</option><option>POST</option></select></label>
<label>Path <input name="path" placeholder="/integrations/*"></label>
<label>Status <input name="status" type="number" min="300" max="599" value="500" required></label>
<label>How often <input name="times" type="number" min="1" value="1" required></label>
<button>Add</button></form>
<form method="post" action="/sandbox/actions">${button("loseAnswerNext", {}, "Carry out the next PUT, but lose its answer")}</form>
<p class="muted">Waiting: ${faults.failNext.length} to fail, ${faults.loseAnswerNext.length} to lose.</p>`;
}
