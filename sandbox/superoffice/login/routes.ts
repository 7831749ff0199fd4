import { randomUUID } from "node:crypto";
import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import { type Route, route } from "../../web/router";
import { approve } from "../approvals";
import type { SignIn } from "../model";
import { findTenant, findUser, listTenantsOf, listUsers, type StandIn } from "../stand-in";
import { approvePage, dialogPage, noAccessPage, signInPage, tenantPage } from "./pages";
import { beginSignIn, endWithCode, endWithDenial, findSignIn, judge, UnusableRequest } from "./sign-ins";

type Step = (standIn: StandIn, exchange: Exchange, signIn: SignIn) => void | Promise<void>;

/** The vendor's sign-in: who, which tenant, and for the first time there, the approval. */
export function makeLoginRoutes(standIn: StandIn): Route[] {
  const withSignIn = (step: Step) => (exchange: Exchange) => {
    const signIn = findSignIn(standIn, exchange.param("signIn"));
    if (signIn) return step(standIn, exchange, signIn);
    const content = html`<p>This sign-in is over. Begin again at the application.</p>`;
    exchange.sendPage(dialogPage("Not under way", content), 404);
  };
  return [
    route("GET", "/login/common/oauth/authorize", (exchange) => authorize(standIn, exchange)),
    route("GET", "/login/sign-in/:signIn", withSignIn(showSignIn)),
    route("POST", "/login/sign-in/:signIn", withSignIn(signInAs)),
    route("GET", "/login/sign-in/:signIn/tenant", withSignIn(showTenants)),
    route("POST", "/login/sign-in/:signIn/tenant", withSignIn(pickTenant)),
    route("GET", "/login/sign-in/:signIn/approve", withSignIn(showApproval)),
    route("POST", "/login/sign-in/:signIn/approve", withSignIn(answerApproval)),
  ];
}

function authorize(standIn: StandIn, exchange: Exchange): void {
  try {
    const begun = beginSignIn(standIn, exchange.url.searchParams);
    exchange.redirect("backTo" in begun ? begun.backTo : `/login/sign-in/${begun.signIn.id}`);
  } catch (error) {
    if (!(error instanceof UnusableRequest)) throw error;
    const content = html`<p class="error" role="alert">${error.message}</p><p>Request ID: ${randomUUID()}</p>`;
    exchange.sendPage(dialogPage("A technical error occurred", content), 400);
  }
}

function showSignIn(standIn: StandIn, exchange: Exchange, { loginHint }: SignIn): void {
  exchange.sendPage(signInPage(listUsers(standIn), standIn.application.name, loginHint));
}

async function signInAs(standIn: StandIn, exchange: Exchange, signIn: SignIn): Promise<void> {
  const user = findUser(standIn, (await exchange.readForm()).get("user"));
  if (!user) return showSignIn(standIn, exchange, signIn);
  signIn.userEmail = user.email;
  standIn.store.save();
  const next = signIn.tenantId !== null && user.roles[signIn.tenantId] !== undefined ? "approve" : "tenant";
  exchange.redirect(`/login/sign-in/${signIn.id}/${next}`);
}

function showTenants(standIn: StandIn, exchange: Exchange, signIn: SignIn): void {
  const user = findUser(standIn, signIn.userEmail);
  if (!user) exchange.redirect(`/login/sign-in/${signIn.id}`);
  else exchange.sendPage(tenantPage(listTenantsOf(standIn, user)));
}

async function pickTenant(standIn: StandIn, exchange: Exchange, signIn: SignIn): Promise<void> {
  const form = await exchange.readForm();
  if (form.get("answer") === "cancel") return exchange.redirect(endWithDenial(standIn, signIn));
  signIn.tenantId = form.get("tenant");
  standIn.store.save();
  exchange.redirect(`/login/sign-in/${signIn.id}/approve`);
}

/** Who signed in and for which tenant; null when a step was left out, or the tenant is not one of this person's. */
function findPicked(standIn: StandIn, { userEmail, tenantId }: SignIn) {
  const user = findUser(standIn, userEmail);
  const tenant = findTenant(standIn, tenantId);
  return user && tenant && user.roles[tenant.id] !== undefined ? { user, tenant } : null;
}

function showApproval(standIn: StandIn, exchange: Exchange, signIn: SignIn): void {
  const picked = findPicked(standIn, signIn);
  if (!picked) {
    exchange.redirect(`/login/sign-in/${signIn.id}/tenant`);
    return;
  }
  const { user, tenant } = picked;
  const { name } = standIn.application;
  const standing = judge(user, tenant);
  if (standing === "signed_in") exchange.redirect(endWithCode(standIn, signIn, user, tenant));
  else if (standing === "no_access") exchange.sendPage(noAccessPage(name, tenant));
  else exchange.sendPage(approvePage(name, tenant));
}

async function answerApproval(standIn: StandIn, exchange: Exchange, signIn: SignIn): Promise<void> {
  const form = await exchange.readForm();
  const picked = findPicked(standIn, signIn);
  if (!picked || form.get("answer") !== "approve") return exchange.redirect(endWithDenial(standIn, signIn));
  const { user, tenant } = picked;
  if (judge(user, tenant) === "no_access") return showApproval(standIn, exchange, signIn);
  approve(standIn, tenant);
  exchange.redirect(endWithCode(standIn, signIn, user, tenant));
}
