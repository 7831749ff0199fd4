import { type Html, html } from "../../web/html";
import { page } from "../../web/page";
import { findClient, type StandIn } from "../stand-in";
import { addByHandForm } from "./add-by-hand";

/** Where the integration is active, and a way to remove it there as a user of Go would. */
export function controlPage(standIn: StandIn): Html {
  const { integrations } = standIn.store.state;
  return page({
    banner: "PowerOffice Go stand-in – sandbox",
    title: "State",
    content: html`<p>The stand-in forgets nothing on a restart, except the faults. As JSON:
<code>/sandbox/faults</code>, <code>/sandbox/consents</code>, <code>/sandbox/users</code>, <code>/sandbox/keys</code>, <code>/sandbox/integrations</code>, <code>/sandbox/stats</code>, <code>/sandbox/reset</code>.</p>
<h2>Extensions</h2>
${integrations.length === 0 && html`<p>None yet.</p>`}
<table><tbody>${[...integrations]
      .reverse()
      .map(
        (one) =>
          html`<tr><td>${findClient(standIn, one.clientId)?.name}</td><td>${
            one.isActive
              ? html`<form method="post" action="/sandbox/actions"><input type="hidden" name="removeInGo" value="${one.clientId}"><button>Remove in Go</button></form>`
              : "removed"
          }</td></tr>`,
      )}</tbody></table>
${addByHandForm(standIn)}
<h2>Start over</h2>
<form method="post" action="/sandbox/actions"><button name="reset" value="1">Forget everything</button></form>`,
  });
}
