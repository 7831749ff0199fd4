import { z } from "zod";
import type { ActivationState, RequestState } from "@/lib/activation/request/schema";
import type { SettingValues } from "@/lib/activation/settings/schema";
import { CONNECTION_STATES } from "@/lib/connection/lifecycle/schema";

/** Who calls `/api/v1`: one key of one partner, for one stage. */
export type ApiCaller = { keyId: string; partnerId: string; stage: string };

const MAX_PAGE = 100;
/** The query of the list of connections. */
export const connectionsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.uuid().optional(),
  state: z.enum(CONNECTION_STATES).optional(),
});
export type ConnectionsQuery = z.infer<typeof connectionsQuery>;

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
  /** What the customer chose of the specification's settings, when it has some. */
  settings: SettingValues | null;
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
