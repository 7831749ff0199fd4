import { optional, readNumber, readRecord, readText } from "../../web/read-input";
import { makeTenant } from "../data/tenants";
import type { Role, Tenant, User } from "../model";
import { findTenant, findUser, type StandIn } from "../stand-in";

/**
 * `POST /sandbox/users`: somebody who can sign in, administrator of this many tenants that nobody else has. `worksIn`: ids
 * of tenants where the person works without being administrator.
 */
export function addUser(standIn: StandIn, body: unknown): { email: string; tenants: Tenant[] } {
  const input = readRecord(body, "the body");
  const email = readText(input.email, "email").toLowerCase();
  const tenants = Array.from({ length: optional(input.tenants, "tenants", readNumber) ?? 0 }, () =>
    addTenant(standIn),
  );
  const worksIn = optional(input.worksIn, "worksIn", readIds) ?? [];
  const user: User = findUser(standIn, email) ?? {
    email,
    fullName: email,
    description: "made for a test",
    roles: {},
  };
  const roles: Record<string, Role> = {
    ...Object.fromEntries(worksIn.map((id) => [id, "user" as const])),
    ...Object.fromEntries(tenants.map(({ id }) => [id, "administrator" as const])),
  };
  const { addedUsers } = standIn.store.state;
  standIn.store.state.addedUsers = [
    ...addedUsers.filter((one) => one.email !== email),
    { ...user, roles: { ...user.roles, ...roles } },
  ];
  standIn.store.save();
  return { email, tenants };
}

function addTenant({ store }: StandIn): Tenant {
  const { tenants } = store.state;
  const number = 20_000 + Object.keys(tenants).length;
  const tenant = makeTenant(`Cust${number}`, `Testi ${number} Oy`);
  tenants[tenant.id] = tenant;
  return tenant;
}

function readIds(value: unknown, name: string): string[] {
  if (!Array.isArray(value)) return [readText(value, name)];
  return value.map((id) => readText(id, name));
}

/** The tenants as they are, without what stands for them. */
export function listTenants(standIn: StandIn): Omit<Tenant, "systemToken">[] {
  return Object.keys(standIn.store.state.tenants).flatMap((id) => {
    const tenant = findTenant(standIn, id);
    if (!tenant) return [];
    const { systemToken: _, ...shown } = tenant;
    return [shown];
  });
}
