import { type Html, html } from "../../web/html";
import { page } from "../../web/page";
import type { Approval, Tenant } from "../model";
import type { StandIn } from "../stand-in";

const APPROVALS: Record<Approval, string> = {
  none: "none yet",
  active: "active",
  revoked: "revoked",
  expired: "expired",
  needs_reapproval: "has to be renewed",
};

const BANNER = "SuperOffice stand-in – sandbox";

/** The tenants, and what an administrator or the vendor may do to them. */
export function controlPage({ store, application }: StandIn): Html {
  const tenants = Object.values(store.state.tenants);
  return page({
    banner: BANNER,
    title: "State",
    content: html`<p>The stand-in forgets nothing on a restart, except the faults. As JSON:
<code>/sandbox/faults</code>, <code>/sandbox/sign-ins</code>, <code>/sandbox/approvals</code>, <code>/sandbox/users</code>, <code>/sandbox/tenants</code>, <code>/sandbox/stats</code>, <code>/sandbox/reset</code>.</p>
<h2>Installed apps</h2>
<p>As an administrator sees it under “App Store → Installed apps”. <strong>Uninstall</strong> leads to the uninstall page of ${application.name} and takes nothing back by itself.</p>
<table><tbody>${tenants.map(row)}</tbody></table>
<h2>Signing keys</h2>
<form method="post" action="/sandbox/actions"><button name="rotateKeys" value="1">Sign with a new key</button></form>
<h2>Start over</h2>
<form method="post" action="/sandbox/actions"><button name="reset" value="1">Forget everything</button></form>`,
  });
}

function row({ id, name, state, host, approval }: Tenant): Html {
  const next = state === "Running" ? "Suspended" : "Running";
  return html`<tr><td>${name} <span class="muted">${id}</span><br><span class="muted">${state}, on ${host}. Approval: ${APPROVALS[approval]}.</span>
<form method="post" action="/sandbox/actions" class="actions"><input type="hidden" name="tenant" value="${id}">
${approval === "active" && html`<button name="do" value="uninstall">Uninstall</button><button name="do" value="revoke">Revoke</button>`}
<button name="do" value="${next}">${next === "Running" ? "Resume" : "Suspend"}</button><button name="do" value="move">Move</button></form></td></tr>`;
}
