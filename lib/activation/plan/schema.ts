import { z } from "zod";

/** What a plan is made for at most; more companies than that are a plan of their own, afterwards. */
export const MAX_PLANNED = 1000;

export const planInput = z.object({
  integrationId: z.uuid(),
  /** Ids of companies; all that lack the integration when left out. */
  companyIds: z.array(z.uuid()).max(MAX_PLANNED),
});

/** What is left of a plan. */
export type PlanView = {
  integrationId: string;
  integrationName: string;
  partnerName: string;
  linkToken: string;
  /** How many companies the next batch has. */
  nextCount: number;
  leftCount: number;
  totalCount: number;
};

/** The batch that an open draft is about. */
export type BatchView = {
  companies: { externalId: string; name: string; businessId: string | null }[];
  leftCount: number;
  totalCount: number;
};
