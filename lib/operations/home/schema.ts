import type { DraftStep } from "@/lib/activation/draft/rules";
import type { PlanView } from "@/lib/activation/plan/schema";
import type { RequestSummary } from "@/lib/activation/request/schema";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";
import type { PendingUpdate } from "@/lib/connection/update/schema";
import type { CompanyPage, UsedIntegration } from "@/lib/operations/company/schema";

/** A draft that the account can go on with. */
export type DraftSummary = {
  id: string;
  integrationName: string;
  partnerName: string;
  linkToken: string;
  step: DraftStep;
  updatedAt: string;
};

/** What `/home` shows: what waits for the customer, then companies, then the newest requests. */
export type HomeView = {
  /** Requests whose next step is the customer's, the one that is due first at the top. */
  waiting: RequestSummary[];
  /** Connections that wait for the customer, the newest few of them. */
  attention: ConnectionView[];
  hasMoreAttention: boolean;
  /** Versions that wait for the account's consent. */
  updates: PendingUpdate[];
  drafts: DraftSummary[];
  plans: PlanView[];
  page: CompanyPage;
  integrations: UsedIntegration[];
  requests: RequestSummary[];
  requestsNextCursor: string | null;
};
