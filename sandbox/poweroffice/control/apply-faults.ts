import { CALL_FAULTS } from "../../web/call-faults";
import { invalid, readNumber, readNumbers, readRecord, readText } from "../../web/read-input";
import { asList } from "../../web/read-rules";
import { makeFaultSettings } from "../faults";
import type { StandIn } from "../stand-in";
import { deactivate } from "../state";
import {
  addForeignCustomer,
  addForeignOrder,
  addForeignProduct,
  confirmOrder,
  deleteOrder,
  sendOrder,
} from "./books";

type Apply = (standIn: StandIn, value: unknown) => void | Promise<void>;

/** What can be switched on, by the name in the body of `POST /sandbox/faults`. Rules add up; settings are replaced. */
const FAULTS: Record<string, Apply> = {
  /** Everything works again; what has happened stays. */
  clear: ({ faults }, value) => {
    if (value === true) Object.assign(faults, makeFaultSettings());
  },
  ...CALL_FAULTS,
  nextReturns: ({ faults }, value) => {
    faults.nextReturns.push(...asList(value).map((status) => readText(status, "nextReturns")));
  },
  loseNextToken: ({ faults }, value) => {
    faults.loseNextToken = value === true;
  },
  reissueKeys: ({ faults }, value) => {
    faults.reissueKeys = value === true;
  },
  onboardingLifetimeSeconds: ({ faults }, value) => {
    faults.onboardingLifetimeSeconds = readNumber(value, "onboardingLifetimeSeconds");
  },
  tokenLifetimeSeconds: ({ faults }, value) => {
    faults.tokenLifetimeSeconds = readNumber(value, "tokenLifetimeSeconds");
  },
  withheldPrivileges: ({ faults }, value) => {
    faults.withheldPrivileges = asList(value).map((name) => readText(name, "withheldPrivileges"));
  },
  privileges: ({ faults }, value) => {
    for (const [clientId, names] of Object.entries(readRecord(value, "privileges")))
      faults.privileges[clientId] = asList(names).map((name) => readText(name, clientId));
  },
  withholdNextKey: ({ faults }, value) => {
    faults.withholdNextKey.push(...asList(value).map((id) => readText(id, "withholdNextKey")));
  },
  allowSendInvoice: ({ faults }, value) => {
    faults.allowSendInvoice = value === null ? null : value === true;
  },
  isVersionEnded: ({ faults }, value) => {
    faults.isVersionEnded = value === true;
  },
  subscriptionRefusal: ({ faults }, value) => {
    faults.subscriptionRefusal = readNumber(value, "subscriptionRefusal");
  },
  skewNextTotal: ({ faults }, value) => {
    faults.skewNextTotal.push(...readNumbers(value, "skewNextTotal"));
  },
  /** What other integrations and persons do in a client's books. */
  addForeignCustomer: (standIn, value) =>
    addForeignCustomer(standIn, readRecord(value, "addForeignCustomer")),
  addForeignProduct: (standIn, value) => addForeignProduct(standIn, readRecord(value, "addForeignProduct")),
  addForeignOrder: (standIn, value) => addForeignOrder(standIn, readRecord(value, "addForeignOrder")),
  sendOrder: (standIn, value) => sendOrder(standIn, readRecord(value, "sendOrder")),
  confirmOrder: (standIn, value) => confirmOrder(standIn, readRecord(value, "confirmOrder")),
  deleteOrder: (standIn, value) => deleteOrder(standIn, readRecord(value, "deleteOrder")),
  switchOff: (standIn, value) => setSwitchedOff(standIn, readText(value, "switchOff"), true),
  switchOn: (standIn, value) => setSwitchedOff(standIn, readText(value, "switchOn"), false),
  removeInGo: (standIn, value) => removeInGo(standIn, readText(value, "removeInGo")),
  invalidateTokens: ({ store }, value) => {
    if (value === true) store.state.accessTokens = {};
  },
};

export async function applyFaults(standIn: StandIn, body: unknown): Promise<void> {
  for (const [name, value] of Object.entries(readRecord(body, "the body"))) {
    const apply = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
    if (!apply) throw invalid(`there is no fault ${name}`);
    await apply(standIn, value);
  }
  standIn.store.save();
}

/** Somebody removes the extension in Go, on the client with this id. */
function removeInGo({ store }: StandIn, clientId: string): void {
  const active = store.state.integrations.find((one) => one.clientId === clientId && one.isActive);
  if (!active) throw invalid("the integration is not active on this client");
  deactivate(store.state, active);
}

/** Somebody unticks "Aktiv" in Go, on the client with this id, or ticks it again: the same key. */
function setSwitchedOff({ store }: StandIn, clientId: string, isSwitchedOff: boolean): void {
  const active = store.state.integrations.find((one) => one.clientId === clientId && one.isActive);
  if (!active) throw invalid("the integration is not active on this client");
  active.isSwitchedOff = isSwitchedOff;
}
