import { z } from "zod";
import {
  type ActivationState,
  type FailureReason,
  REQUEST_STATES,
  type RequestState,
} from "@/lib/activation/request/schema";
import type { SettingValues } from "@/lib/activation/settings/schema";
import { SHOWN_CONNECTION_STATES } from "@/lib/connection/lifecycle/schema";
import type { ApiKeyScope } from "@/lib/partner/organization/roles";

/** Who calls `/api/v1`: one key of one partner, for one stage. */
export type ApiCaller = { keyId: string; partnerId: string; stage: string };
/** What its key may do, and the caller. */
export type AuthenticatedCaller = ApiCaller & { scopes: ApiKeyScope[] };

const MAX_PAGE = 100;
/** The query of the list of connections. */
export const connectionsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.uuid().optional(),
  state: z.enum(SHOWN_CONNECTION_STATES).optional(),
  integration: z.string().max(100).optional(),
  customerRef: z.string().max(200).optional(),
});
/** The query of the list of requests. */
export const requestsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.uuid().optional(),
  state: z.enum(REQUEST_STATES).optional(),
  integration: z.string().max(100).optional(),
  customerRef: z.string().max(200).optional(),
});
export type RequestsQuery = z.infer<typeof requestsQuery>;
/** A page of what is listed by position. */
export const positionQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.coerce.number().int().positive().optional(),
});
/** A page of what is listed by id. */
export const idQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.uuid().optional(),
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
  /** Your own name for the customer, when the link had one. */
  customerRef: string | null;
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
    failureReason: FailureReason | null;
  }[];
};
