import { invalid, optional, readNumber, readRecord, readText, readTexts } from "../../web/read-input";
import { makeAddedCompany } from "../data/companies";
import type { Company } from "../model";
import { findPersona, type StandIn } from "../stand-in";

const MAX_COMPANIES = 200;

/**
 * `POST /sandbox/personas`: one more person who can log in, with full rights to user management in `companies` companies
 * of its own, which `names` may name. What several testers do at the same time then touches nothing of each other's.
 */
export function addPersona(standIn: StandIn, body: unknown): { email: string; companies: Company[] } {
  const input = readRecord(body, "the body");
  const email = readText(input.email, "email").toLowerCase();
  if (findPersona(standIn, email)) throw invalid("there is such a persona already");
  const count = readNumber(input.companies, "companies");
  if (!Number.isInteger(count) || count > MAX_COMPANIES)
    throw invalid(`companies is at most ${MAX_COMPANIES}`);
  const { state } = standIn.store;
  const first = state.addedCompanies.length;
  const names = optional(input.names, "names", readTexts) ?? [];
  const companies = Array.from({ length: count }, (_, index) => {
    const company = makeAddedCompany(first + index);
    return { ...company, name: names[index] ?? company.name };
  });
  state.addedCompanies.push(...companies);
  state.addedPersonas.push({
    email,
    fullName: optional(input.fullName, "fullName", readText) ?? "Vieras Kokeilija",
    description: `Added for a test, with ${count} companies`,
    companyIds: companies.map(({ id }) => id),
  });
  standIn.store.save();
  return { email, companies };
}
