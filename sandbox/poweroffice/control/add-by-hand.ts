import { type Html, html } from "../../web/html";
import { listClients, type StandIn } from "../stand-in";
import { dialogPage } from "../ui/pages";
import { addKey } from "./add-key";

/** "Legg til utvidelse", "Egendefinert": as a user of Go adds a private integration to a client. */
export function addByHandForm(standIn: StandIn): Html {
  return html`<h2>Add the extension by hand</h2>
<form method="post" action="/sandbox/actions">
<label>Client <select name="addByHand">${listClients(standIn).map(
    ({ id, name }) => html`<option value="${id}">${name}</option>`,
  )}</select></label>
<label>Application key, as the integrator shows it <input name="applicationKey" size="36" required></label>
<button>Legg til utvidelse</button></form>`;
}

/** What Go shows then: the client key, ready to be copied, or that there is no such application. */
export function addByHand(standIn: StandIn, clientId: string, applicationKey: string): Html {
  if (applicationKey.trim() !== standIn.application.applicationKey)
    return dialogPage(
      "Utvidelser",
      html`<p class="error" role="alert">No integration has this application key.</p>`,
    );
  const { clientKey } = addKey(standIn, { clientId });
  return dialogPage(
    "Utvidelser",
    html`<p><strong>${standIn.application.name}</strong></p>
<p>Klientnøkkel: <code>${clientKey}</code></p>
<p><label><input type="checkbox" checked disabled> Aktiv</label></p>`,
  );
}
