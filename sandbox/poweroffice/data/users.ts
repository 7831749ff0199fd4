import type { User } from "../model";
import { CLIENT_IDS } from "./clients";

export const users: readonly User[] = [
  {
    email: "accountant@example.com",
    fullName: "Aino Esimerkki",
    description: "Accountant with 25 clients",
    clientIds: CLIENT_IDS.accountant,
  },
  {
    email: "owner@example.com",
    fullName: "Otso Omistaja",
    description: "Owner of one client",
    clientIds: CLIENT_IDS.owner,
  },
  {
    email: "colleague@example.com",
    fullName: "Kaisu Kollega",
    description: "Colleague in the accounting office: two of Aino's clients and one of her own",
    clientIds: CLIENT_IDS.colleague,
  },
  {
    email: "viewer@example.com",
    fullName: "Väinö Katselija",
    description: 'May work in Go, but has no access to "Settings → Organization" anywhere',
    clientIds: [],
  },
];
