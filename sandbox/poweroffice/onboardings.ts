import { randomBytes } from "node:crypto";
import type { Client, Onboarding, RETURN_STATUSES, User } from "./model";
import { findClient, type StandIn } from "./stand-in";

export type ReturnedClients = {
  ClientName: string;
  ClientOrganizationNumber: string;
  ClientKey?: string;
}[];
type ReturnStatus = (typeof RETURN_STATUSES)[number];

const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

export function makeToken(): string {
  return randomBytes(72).toString("base64url");
}

/** The onboarding that a temporary address leads to; null when there is none or it has run out. */
export function findOnboarding({ store }: StandIn, token: string): Onboarding | null {
  const { onboardings } = store.state;
  const found = Object.hasOwn(onboardings, token) ? onboardings[token] : undefined;
  return found && found.validUntilMs > Date.now() ? found : null;
}

/** Clients that the user may onboard: all of its own, or the one that the integrator named. */
export function listOffered(standIn: StandIn, onboarding: Onboarding, user: User): Client[] {
  return user.clientIds
    .flatMap((id) => findClient(standIn, id) ?? [])
    .filter(
      ({ organizationNumber }) =>
        onboarding.organizationNumber === null || organizationNumber === onboarding.organizationNumber,
    );
}

/** Where the dialog can only end for this user; null when there is something to accept. */
export function findDeadEnd(standIn: StandIn, onboarding: Onboarding, user: User): ReturnStatus | null {
  if (user.clientIds.length === 0) return "NoClientAccess";
  return listOffered(standIn, onboarding, user).length === 0 ? "ClientNotFound" : null;
}

/** The user accepted for these clients: a token to return with. One blocked client spoils it. */
export function accept(
  standIn: StandIn,
  onboarding: Onboarding,
  user: User,
  picked: readonly Client[],
): string {
  if (picked.some(({ isBlocked }) => isBlocked)) return endWith(standIn, onboarding, "IntegrationBlocked");
  const token = makeToken();
  standIn.store.state.onboardingTokens[token] = {
    token,
    applicationKey: onboarding.applicationKey,
    userEmail: user.email,
    clientIds: picked.map(({ id }) => id),
    validUntilMs: Date.now() + TOKEN_LIFETIME_MS,
    isUsed: false,
  };
  return endWith(standIn, onboarding, "Success", token);
}

/** Ends the dialog: the address that the browser is sent to. */
export function endWith(
  standIn: StandIn,
  onboarding: Onboarding,
  status: ReturnStatus,
  token?: string,
): string {
  const { faults, store } = standIn;
  delete store.state.onboardings[onboarding.token];
  store.save();
  const shown = faults.nextReturns.shift() ?? status;
  const url = new URL(onboarding.redirectUri);
  url.searchParams.set("status", shown);
  if (token !== undefined && shown === "Success" && !faults.loseNextToken)
    url.searchParams.set("token", token);
  faults.loseNextToken = false;
  return url.href;
}
