import { type Route, route } from "../../web/router";
import type { StandIn } from "../stand-in";
import { pickEnvironments, showEnvironments } from "./environments";
import { withFlow } from "./flows";
import { logInForKey, showKeyLogin } from "./key-login";
import { logIn, showLogIn } from "./log-in";
import { showPrice } from "./price";
import { showRequestStatus } from "./request-status";
import { continueAtIntegrator, showTechnicalUser } from "./technical-user";
import { acceptTerms, showTerms } from "./terms";

/** The vendor's own consent dialog. */
export function makeConsentRoutes(standIn: StandIn): Route[] {
  return [
    route("GET", "/keylogin", (exchange) => showKeyLogin(standIn, exchange)),
    route("POST", "/keylogin", (exchange) => logInForKey(standIn, exchange)),
    route("GET", "/ui/activate/:integration", (exchange) => showLogIn(standIn, exchange)),
    route("POST", "/ui/activate/:integration", (exchange) => logIn(standIn, exchange)),
    route("GET", "/ui/flows/:flow/terms", withFlow(standIn, showTerms)),
    route("POST", "/ui/flows/:flow/terms", withFlow(standIn, acceptTerms)),
    route(
      "GET",
      "/ui/flows/:flow/environments",
      withFlow(standIn, (exchange, open) => showEnvironments(standIn, exchange, open)),
    ),
    route(
      "POST",
      "/ui/flows/:flow/environments",
      withFlow(standIn, (exchange, open) => pickEnvironments(standIn, exchange, open)),
    ),
    route("GET", "/ui/requests/:id", (exchange) => showRequestStatus(standIn, exchange)),
    route("GET", "/ui/flows/:flow/price", withFlow(standIn, showPrice)),
    route("GET", "/ui/flows/:flow/technical-user", withFlow(standIn, showTechnicalUser)),
    route(
      "POST",
      "/ui/flows/:flow/technical-user",
      withFlow(standIn, (exchange, open) => continueAtIntegrator(standIn, exchange, open)),
    ),
  ];
}
