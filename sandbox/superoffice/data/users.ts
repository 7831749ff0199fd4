import type { User } from "../model";

export const users: readonly User[] = [
  {
    email: "accountant@example.com",
    fullName: "Aino Esimerkki",
    description: "administrator of two tenants",
    roles: { Cust10001: "administrator", Cust10002: "administrator" },
  },
  {
    email: "owner@example.com",
    fullName: "Otso Omistaja",
    description: "administrator of one tenant",
    roles: { Cust10003: "administrator" },
  },
  {
    email: "viewer@example.com",
    fullName: "Väinö Katselija",
    description: "works in two tenants, administrator of none",
    roles: { Cust10001: "user", Cust10002: "user" },
  },
  {
    email: "colleague@example.com",
    fullName: "Kaisu Kollega",
    description: "consultant in one tenant: may work there, and approves nothing",
    roles: { Cust10001: "consultant" },
  },
];
