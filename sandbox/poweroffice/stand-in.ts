import { CallLog } from "../web/call-log";
import { JsonStore } from "../web/json-store";
import { clients } from "./data/clients";
import { users } from "./data/users";
import { type FaultSettings, makeFaultSettings } from "./faults";
import type { Application, Client, User } from "./model";
import { makeInitialState, type PowerOfficeState } from "./state";

export type PowerOfficeSandboxOptions = {
  /** 0 picks a free port. */
  port: number;
  /** Folder of the state file; without it the state lives in memory. */
  stateDir?: string;
  /** Where the integration's return leads. */
  portalUrl: string;
  applicationKey: string;
  subscriptionKey: string;
  /** The vendor's documented limit for each subscription key. */
  requestsPerSecond?: number;
};

/** The stand-in's whole memory: what it was started with, what it keeps, and what is wrong with it. */
export type StandIn = {
  options: PowerOfficeSandboxOptions;
  application: Application;
  store: JsonStore<PowerOfficeState>;
  calls: CallLog;
  faults: FaultSettings;
  /** Its own address, known once it listens. */
  url: string;
};

export function makeStandIn(options: PowerOfficeSandboxOptions): StandIn {
  return {
    options,
    application: {
      applicationKey: options.applicationKey,
      name: "Esimerkki Go Invoices",
      privileges: [
        "Customer_Full",
        "Product_Full",
        "SalesOrders_Full",
        "OutgoingInvoice",
        "CommonServices",
        "GeneralLedgerAccount",
      ],
      redirectUris: [`${options.portalUrl.replace(/\/+$/, "")}/connect/esimerkki-go-invoices/return`],
    },
    store: new JsonStore(options.stateDir, "poweroffice", makeInitialState),
    calls: new CallLog(options.requestsPerSecond ?? 10),
    faults: makeFaultSettings(),
    url: "",
  };
}

export function listUsers({ store }: StandIn): User[] {
  return [...users, ...store.state.addedUsers];
}

export function findUser(standIn: StandIn, email: string): User | null {
  return listUsers(standIn).find((user) => user.email === email.toLowerCase()) ?? null;
}

export function listClients({ store }: StandIn): Client[] {
  return [...clients, ...store.state.addedClients];
}

export function findClient(standIn: StandIn, id: string): Client | null {
  return listClients(standIn).find((client) => client.id === id) ?? null;
}
