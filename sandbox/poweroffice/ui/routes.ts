import type { Exchange } from "../../web/exchange";
import { html } from "../../web/html";
import { type Route, route } from "../../web/router";
import type { Onboarding } from "../model";
import { accept, endWith, findDeadEnd, findOnboarding, listOffered } from "../onboardings";
import { findUser, listUsers, type StandIn } from "../stand-in";
import { clientsPage, dialogPage, logInPage } from "./pages";

type Step = (standIn: StandIn, exchange: Exchange, onboarding: Onboarding) => void | Promise<void>;

/** The vendor's dialog behind a temporary address: log in, see the clients, accept or cancel. */
export function makeConsentRoutes(standIn: StandIn): Route[] {
  const withOnboarding = (step: Step) => (exchange: Exchange) => {
    const onboarding = findOnboarding(standIn, exchange.url.searchParams.get("token") ?? "");
    if (onboarding) return step(standIn, exchange, onboarding);
    const content = html`<p>This address has run out, or was used before. Begin again at the integrator.</p>`;
    exchange.sendPage(dialogPage("Not under way", content), 404);
  };
  return [
    route("GET", "/ApiAuthV2", withOnboarding(showLogIn)),
    route("POST", "/ApiAuthV2", withOnboarding(logIn)),
    route("GET", "/ApiAuthV2/clients", withOnboarding(showClients)),
    route("POST", "/ApiAuthV2/clients", withOnboarding(answer)),
  ];
}

function showLogIn(standIn: StandIn, exchange: Exchange): void {
  exchange.sendPage(logInPage(listUsers(standIn), standIn.application.name));
}

async function logIn(standIn: StandIn, exchange: Exchange, onboarding: Onboarding): Promise<void> {
  const user = findUser(standIn, (await exchange.readForm()).get("user") ?? "");
  if (!user) return showLogIn(standIn, exchange);
  const deadEnd = findDeadEnd(standIn, onboarding, user);
  if (deadEnd) return exchange.redirect(endWith(standIn, onboarding, deadEnd));
  onboarding.userEmail = user.email;
  standIn.store.save();
  exchange.redirect(`/ApiAuthV2/clients?token=${onboarding.token}`);
}

function showClients(standIn: StandIn, exchange: Exchange, onboarding: Onboarding): void {
  sendClients(standIn, exchange, onboarding, null);
}

async function answer(standIn: StandIn, exchange: Exchange, onboarding: Onboarding): Promise<void> {
  const form = await exchange.readForm();
  const user = findUser(standIn, onboarding.userEmail ?? "");
  if (form.get("answer") === "cancel" || !user)
    return exchange.redirect(endWith(standIn, onboarding, "Canceled"));
  const wanted = form.getAll("client");
  const picked = listOffered(standIn, onboarding, user).filter(({ id }) => wanted.includes(id));
  if (picked.length === 0) return sendClients(standIn, exchange, onboarding, "Pick at least one client.");
  exchange.redirect(accept(standIn, onboarding, user, picked));
}

function sendClients(
  standIn: StandIn,
  exchange: Exchange,
  onboarding: Onboarding,
  error: string | null,
): void {
  const user = findUser(standIn, onboarding.userEmail ?? "");
  if (!user) {
    exchange.redirect(`/ApiAuthV2?token=${onboarding.token}`);
    return;
  }
  const { name: applicationName, privileges } = standIn.application;
  const listed = listOffered(standIn, onboarding, user);
  exchange.sendPage(clientsPage(listed, { applicationName, privileges, error }), error === null ? 200 : 400);
}
