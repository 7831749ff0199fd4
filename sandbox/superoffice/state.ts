import type { Crm } from "./data/crm";
import { tenants } from "./data/tenants";
import type { Code, SignIn, SigningKey, Tenant, Ticket, User, UserLayout } from "./model";

/** Everything that a restart keeps. */
export type SuperOfficeState = {
  tenants: Record<string, Tenant>;
  /** Made by `POST /sandbox/users`, besides those that are always there. */
  addedUsers: User[];
  signIns: Record<string, SignIn>;
  codes: Record<string, Code>;
  tickets: Record<string, Ticket>;
  /** What each tenant's CRM holds, by the tenant's id. */
  crms: Record<string, Crm>;
  /** The current one last; the key set lists them all. */
  signingKeys: SigningKey[];
  /** User-defined fields of each tenant, by the entity's name. */
  layouts: Record<string, Record<string, UserLayout>>;
};

export function makeInitialState(): SuperOfficeState {
  return {
    tenants: Object.fromEntries(tenants.map((tenant) => [tenant.id, { ...tenant }])),
    addedUsers: [],
    signIns: {},
    codes: {},
    tickets: {},
    crms: {},
    signingKeys: [],
    layouts: {},
  };
}
