import { z } from "zod";
import type { Stage } from "@/lib/connectors/context";
import { readLine } from "@/lib/core/outside-text";

/** How an integration stands in a company, as a list of companies tells it. */
export type CellState =
  | "active"
  /** Active; its first check is under way or is put off until the vendor answers. */
  | "checking"
  | "paused"
  | "needs_attention"
  | "update_required"
  /** It was ended, and something is left for the customer to do in the vendor system. */
  | "steps_left"
  | "being_removed"
  /** The request waits for the customer. */
  | "your_turn"
  | "awaiting_partner"
  | "activating"
  /** How the last try ended. */
  | "failed"
  | "unknown"
  | "rejected"
  | "timed_out"
  | "ended"
  | "not_connected";

export const COMPANY_SHOWS = ["needs_me", "not_connected"] as const;

export const MAX_SEARCH = 100;

/** What of the companies is wanted. What cannot be understood is left out, so that an old or cut address shows the list. */
export const companyFilter = z.object({
  show: z.enum(COMPANY_SHOWS).optional().catch(undefined),
  integration: z.uuid().optional().catch(undefined),
  vendor: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional()
    .catch(undefined),
  q: z
    .string()
    .transform((typed) => readLine(typed, MAX_SEARCH) ?? undefined)
    .optional()
    .catch(undefined),
  after: z.string().max(2000).optional().catch(undefined),
});
export type CompanyFilter = z.infer<typeof companyFilter>;

/** A number that is counted up to a bound; beyond it only that there are more. */
export type BoundedCount = { count: number; isMore: boolean };

export type CompanyCell = {
  integrationId: string;
  state: CellState;
  connectionId: string | null;
  requestId: string | null;
  /** ISO time since when; null where nothing ever was. */
  since: string | null;
  /** What is left for the customer to do in the vendor system. */
  stepsLeft: number;
  canCheck: boolean;
  canEnd: boolean;
};

export type CompanyView = {
  id: string;
  name: string;
  businessId: string | null;
  /** The vendor's number. */
  externalId: string;
  connector: { id: string; name: string };
  stage: Stage;
  /** One for each integration of the company's vendor system and stage that the account uses. */
  cells: CompanyCell[];
};

/** An integration that the account has asked for before. */
export type UsedIntegration = {
  id: string;
  name: string;
  partnerName: string;
  connector: { id: string; name: string };
  stage: Stage;
  cap: number;
  /** Of a link that works; null when the partner gives none any more. */
  linkToken: string | null;
  /** Companies that have it, or are getting it. */
  connectedCount: BoundedCount;
  /** Companies that lack it; null when there are too many to count. */
  lackingCount: number | null;
};

export type CompanyPage = {
  filter: CompanyFilter;
  companies: CompanyView[];
  found: BoundedCount;
  nextCursor: string | null;
};

/** What happened in a company, newest first. */
export type CompanyEvent = {
  activationId: string;
  requestId: string;
  integrationName: string;
  state: CellState;
  stepsLeft: number;
  submittedAt: string;
};

/** One company with everything of it. */
export type CompanyDetails = {
  company: CompanyView;
  integrations: UsedIntegration[];
  history: CompanyEvent[];
  historyNextCursor: string | null;
  /** Other rows of the account with the same business id: another vendor system, stage or environment. */
  siblings: { id: string; name: string; connectorName: string; stage: Stage }[];
};
