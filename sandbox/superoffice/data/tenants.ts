import type { Tenant } from "../model";

export function makeTenant(id: string, name: string): Tenant {
  return { id, name, state: "Running", host: "online2", approval: "none", systemToken: null };
}

export const tenants: readonly Tenant[] = [
  makeTenant("Cust10001", "Esimerkki Konsultit Oy"),
  makeTenant("Cust10002", "Esimerkki Palvelut Oy"),
  makeTenant("Cust10003", "Omistaja Oy"),
];
