import { type Html, html } from "../../web/html";
import { page } from "../../web/page";
import type { Tenant, User } from "../model";

const BANNER = "SuperOffice stand-in – sandbox";

export function dialogPage(title: string, content: Html): Html {
  return page({
    banner: BANNER,
    title,
    content: html`<p class="muted">Nothing here reaches the real SuperOffice.</p>
${content}`,
  });
}

export function signInPage(users: readonly User[], applicationName: string, hint: string | null): Html {
  return dialogPage(
    "Sign in with SuperID",
    html`<p>To go on to <strong>${applicationName}</strong>.</p>
<form method="post">
<fieldset><legend>Who are you?</legend>
${users.map(
  (
    user,
    index,
  ) => html`<label><input type="radio" name="user" value="${user.email}"${(hint === null ? index === 0 : user.email === hint) && html` checked`}>
<strong>${user.fullName}</strong> (${user.email}): ${user.description}</label>`,
)}
</fieldset>
<p class="actions"><button class="main">Sign in</button></p>
</form>`,
  );
}

export function tenantPage(tenants: readonly Tenant[]): Html {
  return dialogPage(
    "Pick a tenant",
    html`<form method="post">
<ul class="companies">${tenants.map(
      (
        { id, name },
        index,
      ) => html`<li><label><input type="radio" name="tenant" value="${id}"${index === 0 && html` checked`}>
${name} <span class="muted">${id}</span></label></li>`,
    )}</ul>
<p class="actions"><button class="main">Continue</button>
<button name="answer" value="cancel">Cancel</button></p>
</form>`,
  );
}

export function approvePage(applicationName: string, tenant: Tenant): Html {
  return dialogPage(
    `Approve ${applicationName}`,
    html`<p><strong>${applicationName}</strong> asks for access to <strong>${tenant.name}</strong> (${tenant.id}).</p>
<p>It works as a system user: it can read and change everything in your CRM, whatever the roles of your users are.</p>
<form method="post">
<p class="actions"><button class="main" name="answer" value="approve">I approve</button>
<button name="answer" value="cancel">Cancel</button></p>
</form>`,
  );
}

export function noAccessPage(applicationName: string, tenant: Tenant): Html {
  return dialogPage(
    "Account does not have access",
    html`<p class="error" role="alert">An administrator of ${tenant.name} has to approve <strong>${applicationName}</strong> first.</p>
<form method="post"><p class="actions"><button name="answer" value="cancel">Back to the application</button></p></form>`,
  );
}
