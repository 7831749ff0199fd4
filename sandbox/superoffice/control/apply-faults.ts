import { CALL_FAULTS } from "../../web/call-faults";
import { invalid, readNumber, readRecord, readText } from "../../web/read-input";
import { crmOf } from "../api/tenant-call";
import { dropTickets, endApproval } from "../approvals";
import { rotateKeys } from "../login/signing-keys";
import { TENANT_STATES, type Tenant, type TenantState } from "../model";
import { findTenant, type StandIn } from "../stand-in";
import { changeLayout, makeKeyField, publishAsAdministrator, takeSlots } from "./administrator";

type Apply = (standIn: StandIn, value: unknown) => void;

/** A fault that befalls the tenant with the given id. */
const ofTenant =
  (name: string, apply: (standIn: StandIn, tenant: Tenant) => void): Apply =>
  (standIn, value) =>
    apply(standIn, requireTenant(standIn, readText(value, name)));

const FAULTS: Record<string, Apply> = {
  ...CALL_FAULTS,
  codeLifetimeSeconds: ({ faults }, value) => {
    faults.codeLifetimeSeconds = readNumber(value, "codeLifetimeSeconds");
  },
  ticketLifetimeSeconds: ({ faults }, value) => {
    faults.ticketLifetimeSeconds = readNumber(value, "ticketLifetimeSeconds");
  },
  stateValidSeconds: ({ faults }, value) => {
    faults.stateValidSeconds = readNumber(value, "stateValidSeconds");
  },
  changeNextNonce: ({ faults }, value) => {
    faults.changeNextNonce = value === true;
  },
  forgeNextSignature: ({ faults }, value) => {
    faults.forgeNextSignature = value === true;
  },
  withholdNextSystemToken: ({ faults }, value) => {
    faults.withholdNextSystemToken = value === true;
  },
  editsBeforePatch: ({ faults }, value) => {
    faults.editsBeforePatch = readNumber(value, "editsBeforePatch");
  },
  rotateKeys: (standIn, value) => {
    if (value === true) rotateKeys(standIn);
  },
  /** `{ "Cust10001": "Suspended" }` */
  states: (standIn, value) => {
    for (const [id, state] of Object.entries(readRecord(value, "states")))
      requireTenant(standIn, id).state = readState(state);
  },
  move: ofTenant("move", (_, tenant) => {
    tenant.host = `online${Number(tenant.host.replace(/\D/g, "")) + 1}`;
  }),
  revoke: ofTenant("revoke", (standIn, tenant) => endApproval(standIn, tenant, "revoked")),
  expire: ofTenant("expire", (standIn, tenant) => endApproval(standIn, tenant, "expired")),
  askForReapproval: ofTenant("askForReapproval", (standIn, tenant) =>
    endApproval(standIn, tenant, "needs_reapproval"),
  ),
  /** null lets the application administer again. */
  withoutAdministration: (standIn, value) => {
    standIn.faults.withoutAdministration =
      value === null ? null : requireTenant(standIn, readText(value, "withoutAdministration")).id;
  },
  failNextPublish: ({ faults }, value) => {
    faults.failNextPublish = value === true;
  },
  /** `{ "Cust10001": "Contact" }`: fields of others take every indexed column that is free. */
  takeSlots: (standIn, value) => {
    for (const [id, type] of Object.entries(readRecord(value, "takeSlots")))
      takeSlots(standIn, requireTenant(standIn, id), readText(type, "takeSlots"));
  },
  /** `{ "Cust10001": "Contact" }`: an administrator changes the layout and has not published it. */
  changeLayout: (standIn, value) => {
    for (const [id, type] of Object.entries(readRecord(value, "changeLayout")))
      changeLayout(standIn, requireTenant(standIn, id), readText(type, "changeLayout"));
  },
  /** `{ "Cust10001": "Contact" }`: and publishes it. */
  publishLayout: (standIn, value) => {
    for (const [id, type] of Object.entries(readRecord(value, "publishLayout")))
      publishAsAdministrator(standIn, requireTenant(standIn, id), readText(type, "publishLayout"));
  },
  /** `{ "Cust10001": { "type": "Contact", "progId": "Siteshop:CompUserKey01" } }`: made and published by an administrator. */
  makeKeyField: (standIn, value) => {
    for (const [id, field] of Object.entries(readRecord(value, "makeKeyField"))) {
      const { type, progId } = readRecord(field, "makeKeyField");
      makeKeyField(standIn, requireTenant(standIn, id), readText(type, "type"), readText(progId, "progId"));
    }
  },
  /** `{ "Cust10001": "SaleType" }` */
  emptyList: (standIn, value) => {
    for (const [id, name] of Object.entries(readRecord(value, "emptyList")))
      crmOf(standIn, requireTenant(standIn, id).id).lists[readText(name, "emptyList")] = [];
  },
  dropTickets: ofTenant("dropTickets", ({ store }, tenant) => dropTickets(store.state, tenant)),
};

export function applyFaults(standIn: StandIn, body: unknown): void {
  for (const [name, value] of Object.entries(readRecord(body, "the body"))) {
    const apply = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
    if (!apply) throw invalid(`there is no fault ${name}`);
    apply(standIn, value);
  }
  standIn.store.save();
}

function requireTenant(standIn: StandIn, id: string): Tenant {
  const tenant = findTenant(standIn, id);
  if (!tenant) throw invalid(`there is no tenant ${id}`);
  return tenant;
}

function readState(value: unknown): TenantState {
  const state = TENANT_STATES.find((one) => one === value);
  if (!state) throw invalid(`a tenant's state is one of ${TENANT_STATES.join(", ")}`);
  return state;
}
