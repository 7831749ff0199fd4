import { createPublicKey } from "node:crypto";
import { CallLog } from "../web/call-log";
import { JsonStore } from "../web/json-store";
import { users } from "./data/users";
import { type FaultSettings, makeFaultSettings } from "./faults";
import type { Application, Tenant, User } from "./model";
import { makeInitialState, type SuperOfficeState } from "./state";

export type SuperOfficeSandboxOptions = {
  /** 0 picks a free port. */
  port: number;
  /** Folder of the state file; without it the state lives in memory. */
  stateDir?: string;
  /** Where the application's sign-in returns to. */
  portalUrl: string;
  /** The application's client secret, which is also the `SO-AppToken` of its calls. */
  applicationToken: string;
  /** PEM of the application's key; only its public half is used. */
  privateKey: string;
  /** The documented limit for each tenant. */
  requestsPerSecond?: number;
};

/** Slug of the demo's integration; the vendor knows the application by it. */
const CLIENT_ID = "esimerkki-crm-sync";

/** The stand-in's whole memory: what it was started with, what it keeps, and what is wrong with it. */
export type StandIn = {
  application: Application;
  store: JsonStore<SuperOfficeState>;
  calls: CallLog;
  faults: FaultSettings;
  /** Its own address, known once it listens. */
  url: string;
};

export function makeStandIn(options: SuperOfficeSandboxOptions): StandIn {
  const connect = `${options.portalUrl.replace(/\/+$/, "")}/connect/${CLIENT_ID}`;
  return {
    application: {
      clientId: CLIENT_ID,
      name: "Esimerkki CRM Sync",
      clientSecret: options.applicationToken,
      publicKey: createPublicKey(options.privateKey).export({ type: "spki", format: "pem" }).toString(),
      redirectUri: `${connect}/return`,
      uninstallUrl: `${connect}/uninstall`,
    },
    store: new JsonStore(options.stateDir, "superoffice", makeInitialState),
    calls: new CallLog(options.requestsPerSecond ?? 10),
    faults: makeFaultSettings(),
    url: "",
  };
}

export function listUsers({ store }: StandIn): User[] {
  return [...users, ...store.state.addedUsers];
}

export function findUser(standIn: StandIn, email: string | null): User | null {
  return listUsers(standIn).find((user) => user.email === email?.toLowerCase()) ?? null;
}

export function findTenant({ store }: StandIn, id: string | null): Tenant | null {
  const { tenants } = store.state;
  return (id !== null && Object.hasOwn(tenants, id) && tenants[id]) || null;
}

export function listTenantsOf(standIn: StandIn, user: User): Tenant[] {
  return Object.keys(user.roles).flatMap((id) => findTenant(standIn, id) ?? []);
}
