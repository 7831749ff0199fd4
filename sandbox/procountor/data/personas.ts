import type { Persona } from "../model";
import { CLIENT_IDS } from "./companies";

export const personas: readonly Persona[] = [
  {
    email: "accountant@example.com",
    fullName: "Aino Esimerkki",
    description: "Accountant with 40 client companies",
    companyIds: CLIENT_IDS,
  },
  {
    email: "owner@example.com",
    fullName: "Otso Omistaja",
    description: "Owner of one company",
    companyIds: [16001],
  },
  {
    email: "colleague@example.com",
    fullName: "Kaisu Kollega",
    description: "Colleague in the accounting office: two of Aino's clients and one company of her own",
    companyIds: [15501, 15502, 17001],
  },
  {
    email: "viewer@example.com",
    fullName: "Väinö Katselija",
    description: "May look at companies, but manages users in none",
    companyIds: [],
  },
];
