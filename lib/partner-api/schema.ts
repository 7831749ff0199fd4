import { z } from "zod";
import type { ActivationState, RequestState } from "@/lib/activation/schema";

/** Who calls `/api/v1`: one key of one partner, for one stage. */
export type ApiCaller = { keyId: string; partnerId: string; stage: string };

export const redeemInput = z.strictObject({ code: z.string().min(1).max(100) });

/** An activation request as the partner's software sees it: submitted environments only. */
export type PartnerRequestView = {
  id: string;
  state: RequestState;
  integration: { slug: string; name: string };
  specificationVersion: number;
  submittedAt: string;
  deadlineAt: string;
  decidedAt: string | null;
  settledAt: string | null;
  /** Answers to the partner's form, when it has one. */
  formAnswers: Record<string, string> | null;
  environments: {
    environmentId: string;
    externalId: string;
    name: string;
    businessId: string | null;
    state: ActivationState;
    rejectionReason: string | null;
    failureReason: string | null;
  }[];
};
