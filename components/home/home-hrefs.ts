import type { CompanyFilter } from "@/lib/operations/company/schema";

/** Where the lists of the home page lead; the routes are the page's business. */
export type HomeHrefs = {
  /** Where an integration is chosen to be activated. */
  activate: string;
  request: (requestId: string) => string;
  connection: (connectionId: string) => string;
  /** A version that waits for the account. */
  update: (updateId: string) => string;
  company: (companyId: string) => string;
  draft: (linkToken: string, step: string) => string;
  /** Address of the next page of the requests. */
  moreRequests: (cursor: string) => string;
  /** The companies that the filter asks for. */
  companies: (filter: CompanyFilter) => string;
  /** Where the filter's form goes. */
  filter: string;
  needsMe: string;
  csv: (filter: CompanyFilter) => string;
  /** Where several connections are ended at once. */
  several: string;
};
