import { type Html, html } from "../web/html";
import { page } from "../web/page";
import type { PartnerOptions } from "./portal-client";

const INTEGRATIONS = ["esimerkki-orders", "esimerkki-receipts", "esimerkki-reports"];

/** What runs here and where. */
export function indexPage({
  portalUrl,
  procountorUrl,
  powerofficeUrl,
  superofficeUrl,
}: PartnerOptions): Html {
  return page({
    banner: "Sandbox",
    title: "What is here",
    content: html`<p>Stand-ins for the systems around the portal. Nobody here is real, and nothing leaves this machine.</p>
<h2>Portal</h2>
<p><a href="${portalUrl}">${portalUrl}</a></p>
${procountorUrl !== undefined && vendorLinks(procountorUrl)}
${powerofficeUrl !== undefined && powerofficeLinks(powerofficeUrl)}
${superofficeUrl !== undefined && superofficeLinks(superofficeUrl)}
<h2>Demo partner</h2>
<p><a href="/shop">The shop</a> sends orders through the partner’s software, and shows what becomes of them.</p>
<p>Esimerkki Software Oy has a page of its own at <code>/partner/start</code>. It is opened from the portal, with a code that works once.</p>`,
  });
}

function vendorLinks(url: string): Html {
  return html`<h2>Procountor stand-in</h2>
<ul>
<li><a href="${url}/sandbox">State and faults</a>: requests, technical users, delays, failures, lost answers</li>
${INTEGRATIONS.map((id) => html`<li>The vendor's own dialog for <a href="${url}/ui/activate/${id}">${id}</a></li>`)}
<li>API: <code>${url}/latest/api</code></li>
</ul>`;
}

/** Its dialog begins at an address that the portal asks for. */
function powerofficeLinks(url: string): Html {
  return html`<h2>PowerOffice Go stand-in</h2>
<ul>
<li><a href="${url}/sandbox">State</a>: extensions, to be added by hand or removed</li>
<li>API: <code>${url}/Demo/v2</code></li>
</ul>`;
}

/** Its sign-in begins at an address that the portal makes. */
function superofficeLinks(url: string): Html {
  return html`<h2>SuperOffice stand-in</h2>
<ul>
<li><a href="${url}/sandbox">State</a>: tenants, to be suspended or moved; the installed app, to be uninstalled or revoked</li>
<li>API of a tenant: <code>${url}/online2/Cust10001/api/v1</code></li>
</ul>`;
}
