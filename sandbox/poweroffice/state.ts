import type {
  AccessToken,
  Books,
  Client,
  ClientIntegration,
  Onboarding,
  OnboardingToken,
  User,
} from "./model";

/** Everything that a restart keeps. */
export type PowerOfficeState = {
  integrations: ClientIntegration[];
  onboardings: Record<string, Onboarding>;
  onboardingTokens: Record<string, OnboardingToken>;
  accessTokens: Record<string, AccessToken>;
  /** Made by `POST /sandbox/users`, besides those that are always there. */
  addedUsers: User[];
  addedClients: Client[];
  /** By the ids of clients whose books were written to. */
  books: Record<string, Books>;
};

export function makeInitialState(): PowerOfficeState {
  return {
    integrations: [],
    onboardings: {},
    onboardingTokens: {},
    accessTokens: {},
    addedUsers: [],
    addedClients: [],
    books: {},
  };
}

/** The integration on a client, if it is active there. */
export function findActive(
  state: PowerOfficeState,
  applicationKey: string,
  clientId: string,
): ClientIntegration | undefined {
  return state.integrations.find(
    (one) => one.applicationKey === applicationKey && one.clientId === clientId && one.isActive,
  );
}

/** Ends the integration on a client and the live tokens of its key, as removing it in Go does. */
export function deactivate(state: PowerOfficeState, integration: ClientIntegration): void {
  integration.isActive = false;
  state.accessTokens = Object.fromEntries(
    Object.entries(state.accessTokens).filter(([, token]) => token.clientKey !== integration.clientKey),
  );
}
