import { makeCallFaults } from "../web/call-faults";
import { CallLog } from "../web/call-log";
import { JsonStore } from "../web/json-store";
import { companies } from "./data/companies";
import { personas } from "./data/personas";
import type { FaultSettings } from "./faults";
import { makeIntegrations } from "./integrations";
import type { Company, Integration, Persona } from "./model";
import { makeInitialState, type ProcountorState } from "./state";

export type ProcountorSandboxOptions = {
  /** 0 picks a free port. */
  port: number;
  /** Folder of the state file; without it the state lives in memory. */
  stateDir?: string;
  /** Where the integrations' callbacks lead. */
  portalUrl: string;
  clientSecret: string;
  /** Key of the partner's own user; it works with each of the partner's clients. */
  m2mApiKey: string;
  /** Key of another integrator, for trying to reach foreign requests. */
  otherM2mApiKey?: string;
  requestLifetimeSeconds?: number;
  /** The vendor's documented limit. */
  requestsPerSecond?: number;
};

/** The stand-in's whole memory: what it was started with, what it keeps, and what is wrong with it. */
export type StandIn = {
  options: ProcountorSandboxOptions;
  integrations: readonly Integration[];
  store: JsonStore<ProcountorState>;
  calls: CallLog;
  faults: FaultSettings;
};

export function makeStandIn(options: ProcountorSandboxOptions): StandIn {
  const integrations = makeIntegrations(options.portalUrl);
  return {
    options,
    integrations,
    store: new JsonStore(options.stateDir, "procountor", () => makeInitialState(integrations)),
    calls: new CallLog(options.requestsPerSecond ?? 60),
    faults: makeFaultSettings(options),
  };
}

export function makeFaultSettings(options: ProcountorSandboxOptions): FaultSettings {
  return {
    ...makeCallFaults(),
    notIssued: [],
    requestLifetimeSeconds: options.requestLifetimeSeconds ?? 3600,
    maxSimultaneousActivations: null,
    technicalUserRights: {},
    withholdNextKey: [],
    revokeNextKey: [],
    endedVersions: [],
    customerStatus: {},
    customersPerPage: null,
    vatPercents: [0, 10, 13.5, 14, 24, 25.5],
    closedUntil: {},
    skewNextTotal: [],
  };
}

export function findIntegration(standIn: StandIn, id: string): Integration | null {
  return standIn.integrations.find((integration) => integration.id === id) ?? null;
}

export function listPersonas({ store }: StandIn): Persona[] {
  return [...personas, ...store.state.addedPersonas];
}

export function findPersona(standIn: StandIn, email: string): Persona | null {
  return listPersonas(standIn).find((persona) => persona.email === email.toLowerCase()) ?? null;
}

export function findCompany({ store }: StandIn, id: number): Company | null {
  return companies.get(id) ?? store.state.addedCompanies.find((company) => company.id === id) ?? null;
}
