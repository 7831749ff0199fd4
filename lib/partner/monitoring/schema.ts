import { z } from "zod";
import {
  type ActivationOutcome,
  type ActivationState,
  type FailureReason,
  REQUEST_STATES,
  type RequestState,
} from "@/lib/activation/request/schema";
import type { ChosenSetting } from "@/lib/activation/settings/schema";
import type { PartnerSteps } from "@/lib/catalogue/integration/schema";
import type { HoldView } from "@/lib/connection/hold/schema";
import {
  type AttentionCause,
  type ConnectionState,
  SHOWN_CONNECTION_STATES,
  type ShownConnectionState,
} from "@/lib/connection/lifecycle/schema";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { writtenLine, writtenLines } from "@/lib/core/written-text";
import type { IntegrationChoice } from "@/lib/partner/organization/schema";
import type { MailState } from "@/lib/platform/outbox/schema";
import { MONITORED_LISTS } from "./lists";

const text = writtenLine(100).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);
const cursor = z.uuid().optional().catch(undefined);
const id = z.uuid().optional().catch(undefined);
/** What both lists are narrowed to. */
const common = {
  integration: id,
  /** A version by the id of its specification. */
  version: id,
  connector: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional()
    .catch(undefined),
  /** The first and the last day of submission or activation, in UTC. */
  from: day,
  to: day,
  q: text,
  before: cursor,
};

/** What the list of requests is narrowed to, as it stands in the address; what is malformed narrows nothing. */
export const requestFilter = z.object({
  state: z.enum(REQUEST_STATES).optional().catch(undefined),
  ...common,
});
export type RequestFilter = z.infer<typeof requestFilter>;

export const connectionFilter = z.object({
  state: z.enum(SHOWN_CONNECTION_STATES).optional().catch(undefined),
  ...common,
});
export type PartnerConnectionFilter = z.infer<typeof connectionFilter>;

/** `query`: the filter as it stands in the address. */
export type SavedView = { id: string; name: string; query: string };
export const viewInput = z.object({
  list: z.enum(MONITORED_LISTS),
  name: writtenLine(60),
  query: z.string().max(1000),
});

/** What the lists can be narrowed to; of a kind with one entry there is nothing to choose. */
export type FilterChoices = {
  integrations: IntegrationChoice[];
  connectors: { id: string; name: string }[];
  versions: { id: string; integrationName: string; stage: string; version: number }[];
};

export type RequestRow = {
  id: string;
  state: RequestState;
  integrationName: string;
  stage: string;
  submittedAt: string;
  /** null once decided. */
  deadlineAt: string | null;
  /** The first company by name; `companies` counts all. */
  firstCompany: string;
  companies: number;
  counts: Partial<Record<ActivationState, number>>;
};
export type RequestListView = {
  filter: RequestFilter;
  requests: RequestRow[];
  nextCursor: string | null;
  choices: FilterChoices;
};

export type ConnectionRow = {
  id: string;
  requestId: string;
  state: ShownConnectionState;
  attention: AttentionCause | null;
  isPaused: boolean;
  integrationName: string;
  connectorName: string;
  stage: string;
  company: string;
  businessId: string | null;
  since: string;
  checkedAt: string | null;
};
export type ConnectionListView = {
  filter: PartnerConnectionFilter;
  connections: ConnectionRow[];
  nextCursor: string | null;
  choices: FilterChoices;
};

/** What one asking ends: a connection, or all that the partner has of its customer. */
export const END_EXTENTS = ["connection", "customer"] as const;
export type EndExtent = (typeof END_EXTENTS)[number];

export const endInput = z.object({
  connectionId: z.uuid(),
  extent: z.enum(END_EXTENTS),
  reason: writtenLines(MAX_REASON_LENGTH),
  /** The company's name, typed once more. */
  typed: z.string(),
  expected: z.coerce.number().int().min(1),
});
export const customerEnd = z.strictObject({
  reason: writtenLines(MAX_REASON_LENGTH),
  expected: z
    .int()
    .min(1)
    .meta({ description: "How many live connections of the customer you mean to end." }),
});

export type EndedConnection = {
  id: string;
  company: string;
  businessId: string | null;
  /** Its slug. */
  integration: string;
};
export type EndPreview = {
  connection: EndedConnection & { isActivating: boolean };
  /** All of the customer that would end. */
  live: EndedConnection[];
  /** How many more are still being activated, and stay. */
  activating: number;
};
export const END_PROGRESS = ["asked", "stopped", "left_to_customer", "closed"] as const;
export type EndedView = {
  reason: string | null;
  askedAt: string;
  connections: (EndedConnection & { requestId: string; progress: (typeof END_PROGRESS)[number] })[];
};

export type EnvironmentView = {
  environmentId: string;
  name: string;
  businessId: string | null;
  externalId: string;
  outcome: ActivationOutcome;
  since: string;
  failureReason: FailureReason | null;
  rejectionReason: string | null;
  vendorAnswer: VendorAnswer | null;
  connection: {
    id: string;
    state: ConnectionState;
    attention: AttentionCause | null;
    holds: HoldView[];
    /** It lives, and its activation is done. */
    canEnd: boolean;
  } | null;
};

/** One connection as its own page in the console shows it. */
export type PartnerConnectionDetails = {
  id: string;
  requestId: string;
  state: ConnectionState;
  attention: AttentionCause | null;
  holds: HoldView[];
  /** It lives, and its activation is done. */
  canEnd: boolean;
  partnerName: string;
  integrationName: string;
  connectorId: string;
  connectorName: string;
  stage: string;
  /** In force: what the customer accepted last, or what followed that without asking. */
  specificationVersion: number;
  /** A later version waits for the customer's consent. */
  isUpdateRequired: boolean;
  company: string;
  businessId: string | null;
  externalId: string;
  customerRef: string | null;
  since: string;
  checkedAt: string | null;
};

export type RequestMail = {
  id: string;
  kind: string;
  recipientMasked: string;
  state: MailState;
  at: string;
};

export type PartnerRequestDetails = {
  id: string;
  state: RequestState;
  partnerName: string;
  integrationName: string;
  connectorId: string;
  connectorName: string;
  stage: string;
  specificationVersion: number;
  submittedAt: string;
  /** In full for those who may contact customers, else masked. */
  submittedBy: string;
  deadlineAt: string;
  settledAt: string | null;
  /** Later deadlines that the request may get; empty once it is decided, and where none is left. */
  extensions: { to: string; days: number | null; at: string }[];
  partnerSteps: PartnerSteps["kind"];
  formAnswers: { label: string; value: string }[];
  settings: ChosenSetting[];
  environments: EnvironmentView[];
  mails: RequestMail[];
  /** Companies that the customer may be asked to try again; 0 once it was asked, or has begun. */
  retryableCount: number;
};

/** A decision as the console's form sends it: for each environment `approve` or `reject` with a reason. */
export const decisionChoice = z.enum(["approve", "reject"]);
export const noteInput = z.object({ body: writtenLines(2000) });

export const extensionInput = z.object({ to: z.string().regex(/^(\d{1,2}|latest)$/) });

/** How many requests one decision may cover. */
export const MAX_DECIDED_AT_ONCE = 50;
export const manyDecision = z.discriminatedUnion("choice", [
  z.object({ choice: z.literal("approve") }),
  z.object({ choice: z.literal("reject"), reason: writtenLines(MAX_REASON_LENGTH) }),
]);
export type ManyDecision = z.infer<typeof manyDecision>;

/** What became of one request of many: recorded, or the code of its refusal. */
export type ManyResult = { requestId: string; outcome: "recorded" | string };

/** A request among several that are decided together. */
export type DecidableRequest = {
  id: string;
  state: RequestState;
  integrationName: string;
  stage: string;
  deadlineAt: string;
  isFormPending: boolean;
  companies: { name: string; businessId: string | null }[];
};
