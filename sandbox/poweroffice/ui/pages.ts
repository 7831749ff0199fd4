import { type Html, html } from "../../web/html";
import { page } from "../../web/page";
import type { Client, User } from "../model";

const BANNER = "PowerOffice Go stand-in – sandbox";

export function dialogPage(title: string, content: Html): Html {
  return page({
    banner: BANNER,
    title,
    content: html`<p class="muted">Nothing here reaches the real PowerOffice Go.</p>
${content}`,
  });
}

export function logInPage(users: readonly User[], applicationName: string): Html {
  return dialogPage(
    "Log in",
    html`<p>You are about to add the extension <strong>${applicationName}</strong>.</p>
<form method="post">
<fieldset><legend>Who are you?</legend>
${users.map(
  (
    user,
    index,
  ) => html`<label><input type="radio" name="user" value="${user.email}"${index === 0 && html` checked`}>
<strong>${user.fullName}</strong> (${user.email}): ${user.description}</label>`,
)}
</fieldset>
<p class="actions"><button class="main">Log in</button></p>
</form>`,
  );
}

export function clientsPage(
  clients: readonly Client[],
  options: { applicationName: string; privileges: readonly string[]; error: string | null },
): Html {
  return dialogPage(
    "Add extension",
    html`<p><strong>${options.applicationName}</strong> asks for access with these privileges: ${options.privileges.join(", ")}.</p>
${options.error !== null && html`<p class="error" role="alert">${options.error}</p>`}
<form method="post">
<fieldset><legend>For which clients?</legend>
<ul class="companies">${clients.map(
      (
        client,
      ) => html`<li><label><input type="checkbox" name="client" value="${client.id}"${clients.length === 1 && html` checked`}>
${client.name} <span class="muted">${client.organizationNumber}</span></label></li>`,
    )}</ul>
</fieldset>
<p class="actions"><button class="main" name="answer" value="accept">Accept</button>
<button name="answer" value="cancel">Cancel</button></p>
</form>`,
  );
}
