import type { CompanyFilter } from "@/lib/operations/company/schema";

function search(filter: CompanyFilter): string {
  const set = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return set.length > 0 ? `?${new URLSearchParams(set)}` : "";
}

/** The companies of a filter, as their list's address has it. */
export const companiesHref = (filter: CompanyFilter): string => `/home${search(filter)}#companies`;

/** All of them, from the first on, as a file. */
export const csvHref = ({ after: _, ...filter }: CompanyFilter): string =>
  `/home/companies.csv${search(filter)}`;
