import { SPECIAL_COMPANIES } from "./data/companies";
import type { Invoice } from "./data/invoice";
import { makeJwt } from "./make-key";
import type {
  AccessToken,
  ActivationRequest,
  Company,
  ConsentFlow,
  Integration,
  LoginCode,
  Persona,
  Registered,
  Rights,
  TechnicalUser,
} from "./model";

/** Everything that a restart keeps. */
export type ProcountorState = {
  requests: ActivationRequest[];
  technicalUsers: TechnicalUser[];
  tokens: Record<string, AccessToken>;
  flows: Record<string, ConsentFlow>;
  /** Made by `POST /sandbox/personas`, besides those that are always there. */
  addedPersonas: Persona[];
  addedCompanies: Company[];
  /** Logins that were made for a key, by the code that is traded for it. */
  loginCodes: Record<string, LoginCode>;
  nextUserId: number;
  invoices: Invoice[];
  nextInvoiceId: number;
  /** Customers and products, with the names of the vendor's document. */
  partners: Registered[];
  products: Registered[];
  nextRegisteredId: number;
};

export function makeInitialState(integrations: readonly Integration[]): ProcountorState {
  const state: ProcountorState = {
    requests: [],
    technicalUsers: [],
    tokens: {},
    flows: {},
    addedPersonas: [],
    addedCompanies: [],
    loginCodes: {},
    nextUserId: 70001,
    invoices: [],
    nextInvoiceId: 1,
    partners: [],
    products: [],
    nextRegisteredId: 301,
  };
  const [tidy, careless] = SPECIAL_COMPANIES.activeByManualSetUp;
  for (const integration of integrations) {
    addTechnicalUser(state, integration, tidy, { isManaged: false });
    addTechnicalUser(state, integration, careless, {
      isManaged: false,
      role: "Customised",
      rights: makeCarelessRights(integration.technicalUser.rights),
    });
  }
  return state;
}

/** A manual set-up by somebody in a hurry: one right forgotten, one too many, and login to the screens left open. */
function makeCarelessRights(asked: Rights): Rights {
  const [forgotten] = Object.keys(asked);
  const kept = Object.entries(asked).filter(([path]) => path !== forgotten);
  return {
    ...Object.fromEntries(kept),
    "management.usersAndUserRights": "VIEWING_RIGHTS",
    "user.blockSoloLoginToProcountor": "false",
  };
}

export function addTechnicalUser(
  state: ProcountorState,
  integration: Integration,
  companyId: number,
  special: { isManaged: boolean; role?: string; rights?: Rights },
): TechnicalUser {
  const userId = state.nextUserId;
  state.nextUserId += 1;
  const user: TechnicalUser = {
    userId,
    companyId,
    integrationId: integration.id,
    username: integration.technicalUser.username,
    role: special.role ?? "API technical user",
    rights: special.rights ?? integration.technicalUser.rights,
    apiKey: makeApiKey(integration, userId, companyId),
    isRevoked: false,
    isManaged: special.isManaged,
  };
  state.technicalUsers.push(user);
  return user;
}

export function makeApiKey(integration: Integration, userId: number, companyId: number): string {
  const iat = Math.floor(Date.now() / 1000);
  return makeJwt({ iss: "procountor-stand-in", aud: integration.clientId, sub: userId, cid: companyId, iat });
}

export function findTechnicalUser(
  state: ProcountorState,
  integrationId: string,
  companyId: number,
): TechnicalUser | undefined {
  return state.technicalUsers.find(
    (user) => user.integrationId === integrationId && user.companyId === companyId,
  );
}
