import { randomUUID } from "node:crypto";
import type { Answer } from "../../web/answer-call";
import type { ClientIntegration, OnboardingToken } from "../model";
import { makeToken, type ReturnedClients } from "../onboardings";
import { findClient, type StandIn } from "../stand-in";
import { findActive } from "../state";
import { type ApiCall, ok, problem } from "./api-call";

/** `POST /Onboarding/Initiate`: an address for the customer's browser, for a while. No bearer token. */
export async function initiateOnboarding({ standIn, exchange }: ApiCall): Promise<Answer> {
  const body = readObject(await exchange.readJson());
  if (body.ApplicationKey !== standIn.application.applicationKey)
    throw problem(
      400,
      "Object(s) not found",
      `Application with key = ${String(body.ApplicationKey)} not found.`,
    );
  const redirectUri = String(body.RedirectUri ?? "");
  if (!isWhitelisted(standIn, redirectUri))
    throw problem(
      400,
      "Onboarding validation error(s)",
      "RedirectUri is not whitelisted for the application.",
    );
  const token = makeToken();
  const validUntilMs = Date.now() + standIn.faults.onboardingLifetimeSeconds * 1000;
  standIn.store.state.onboardings[token] = {
    token,
    applicationKey: standIn.application.applicationKey,
    organizationNumber: typeof body.ClientOrganizationNo === "string" ? body.ClientOrganizationNo : null,
    redirectUri,
    validUntilMs,
    userEmail: null,
  };
  standIn.store.save();
  return ok({
    TemporaryUrl: `${standIn.url}/ApiAuthV2?token=${token}`,
    ValidUntilDateTimeOffset: new Date(validUntilMs).toISOString().replace("Z", "+00:00"),
  });
}

/** Domain and path count, the query does not; `localhost` is allowed for testing. */
function isWhitelisted({ application }: StandIn, redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { origin, pathname, hostname } = new URL(redirectUri);
  return hostname === "localhost" || application.redirectUris.includes(`${origin}${pathname}`);
}

/** `POST /Onboarding/Finalize`: the returned token for the client keys, once. */
export async function finalizeOnboarding({ standIn, exchange }: ApiCall): Promise<Answer> {
  const body = readObject(await exchange.readJson());
  const { onboardingTokens } = standIn.store.state;
  const text = String(body.OnboardingToken ?? "");
  const token = Object.hasOwn(onboardingTokens, text) ? onboardingTokens[text] : undefined;
  if (!token || token.isUsed || token.validUntilMs <= Date.now())
    throw problem(400, "Onboarding validation error(s)", "OnboardingToken is not valid.");
  token.isUsed = true;
  const clients = onboard(standIn, token);
  standIn.store.save();
  return ok({ UserEmail: token.userEmail, OnboardedClientsInformation: clients });
}

function onboard(standIn: StandIn, token: OnboardingToken): ReturnedClients {
  return token.clientIds.flatMap((id) => {
    const client = findClient(standIn, id);
    if (!client) return [];
    const { clientKey } = activate(standIn, token.applicationKey, id);
    return [
      {
        ClientName: client.name,
        ClientOrganizationNumber: client.organizationNumber,
        ...(!isWithheld(standIn, id) && { ClientKey: clientKey }),
      },
    ];
  });
}

/** Switched on for one answer: a fault. */
function isWithheld({ faults }: StandIn, clientId: string): boolean {
  const index = faults.withholdNextKey.indexOf(clientId);
  if (index >= 0) faults.withholdNextKey.splice(index, 1);
  return index >= 0;
}

function activate(standIn: StandIn, applicationKey: string, clientId: string): ClientIntegration {
  const { state } = standIn.store;
  const active = findActive(state, applicationKey, clientId);
  if (active) {
    active.isSwitchedOff = false;
    if (standIn.faults.reissueKeys) active.clientKey = randomUUID();
    return active;
  }
  const integration = { clientId, applicationKey, clientKey: randomUUID(), isActive: true };
  state.integrations.push(integration);
  return integration;
}

function readObject(body: unknown): Record<string, unknown> {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw problem(400, "Unable to cast object(s)", "The body is not a valid object.");
  return { ...body };
}
