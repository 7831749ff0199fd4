import { z } from "zod";
import type { RightView } from "@/lib/activation/draft/schema";
import type { ChosenSetting } from "@/lib/activation/settings/schema";
import type { ConnectorView, PartnerSteps, ShownContent } from "@/lib/catalogue/integration/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import type { AttentionCause } from "@/lib/connection/lifecycle/schema";
import type { Locale } from "@/lib/core/locales";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { sentLines } from "@/lib/core/written-text";

export const REQUEST_STATES = ["awaiting_partner", "processing", "settled", "cancelled"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const ACTIVATION_STATES = [
  "awaiting_partner",
  "approved",
  "activating",
  "active",
  "rejected",
  "timed_out",
  "failed",
  "cancelled",
] as const;
export type ActivationState = (typeof ACTIVATION_STATES)[number];

/** What a customer is told of an activation: its state, or what became of it since. */
export const ACTIVATION_OUTCOMES = [...ACTIVATION_STATES, "ended", "unknown"] as const;
export type ActivationOutcome = (typeof ACTIVATION_OUTCOMES)[number];

/** Why an activation failed, each with words that say what to do. */
export const FAILURE_REASONS = [
  "vendor_expired",
  "vendor_refused",
  "vendor_unavailable",
  "vendor_unexpected",
  "vendor_not_authorized",
  "needs_recovery",
  "not_issued",
  "wrong_identity",
  "wrong_product",
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Plain text a partner gives for a rejection. */
const rejectionReason = sentLines(MAX_REASON_LENGTH);

/** A partner's decision: every environment of the request exactly once. */
export const partnerDecision = z.object({
  approve: z.array(z.uuid()).max(1000),
  reject: z.array(z.strictObject({ environmentId: z.uuid(), reason: rejectionReason })).max(1000),
});
export type PartnerDecision = z.infer<typeof partnerDecision>;

export const submitRequestInput = z.object({
  linkToken: z.string().min(1).max(100),
  specificationId: z.uuid(),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export type ActivationView = {
  id: string;
  environmentName: string;
  businessId: string | null;
  state: ActivationState;
  /** ISO time of the last change of state. */
  since: string;
  failureReason: FailureReason | null;
  /** The partner's own words of a rejection. */
  rejectionReason: string | null;
  vendorAnswer: VendorAnswer | null;
  attention: AttentionCause | null;
  /** What came of it, live or ended since; null before that, and without one. */
  connectionId: string | null;
  /** It was activated, and its connection was ended since. */
  hasEnded: boolean;
  /** A key made by hand can bring it to life, or back. */
  canTakeKey: boolean;
  /** For `rights_missing` what is lacking, for `rights_surplus` what is too much: the vendor's paths and levels. */
  rightsInQuestion: { path: string; level: string }[];
};

export type RequestView = {
  id: string;
  integrationName: string;
  partnerName: string;
  connectorId: string;
  connectorName: string;
  stage: "test" | "production";
  state: RequestState;
  /** Whom the request waits for now; null when settled. */
  waitingFor: "customer" | "partner" | "vendor" | null;
  waitingSince: string;
  /** When the decision is due; null once decided. */
  deadlineAt: string | null;
  submittedAt: string;
  submittedBy: string;
  settledAt: string | null;
  /** What was chosen of the specification's settings, in its order. */
  settings: ChosenSetting[];
  partnerSteps: PartnerSteps;
  /** The languages of the partner's texts in it. */
  languages: { partnerSteps: TextLanguage; settings: TextLanguage };
  /** The form is answered, or the partner's page was opened at least once. */
  isPartnerStepDone: boolean;
  canCancel: boolean;
  /** The viewer was handed this request alone. */
  isGuest: boolean;
  /** Environments that a retry would cover: failed, timed out or rejected. */
  retryableCount: number;
  /** Requests of this account and integration in a row that ended with a rejection: 2 or more point to support. */
  rejectedInARow: number;
  /** Of the activation link that it came by. */
  linkToken: string;
  /** The customer may send files by sFTP for what is active. */
  takesFiles: boolean;
  /** What is left of the account's plan for the integration; null without one. */
  nextBatch: { integrationId: string; count: number; leftCount: number; totalCount: number } | null;
  support: { email: string; url: string | null; phone: string | null };
  /** Where the confirmation goes, or went. */
  notifiedEmail: string;
  /** `none`: a cancelled request gets no confirmation. */
  mail: "not_yet" | "sent" | "delayed" | "failed" | "none";
  activations: ActivationView[];
};

export type RequestSummary = {
  id: string;
  integrationName: string;
  partnerName: string;
  connectorName: string;
  state: RequestState;
  submittedAt: string;
  /** When the decision is due; null once decided. */
  deadlineAt: string | null;
  counts: Partial<Record<ActivationOutcome, number>>;
};

/** What was accepted with a request: the evidence, and the text as it was shown. */
export type AcceptanceView = {
  requestId: string;
  partnerName: string;
  connector: ConnectorView;
  stage: "test" | "production";
  specificationVersion: number;
  /** In the language of the acceptance. */
  content: ShownContent;
  rights: RightView[];
  /** SHA-256 of what was shown, in hexadecimal. */
  contentHash: string;
  /** The language in which it was shown; null before texts had languages. */
  language: Locale | null;
  /** SHA-256 of what a reader of that language was shown. */
  languageHash: string | null;
  /** The text that is kept still has the recorded hashes. */
  isIntact: boolean;
  acceptedBy: string;
  acceptedAt: string;
  submittedBy: string;
  submittedAt: string;
  environments: { externalId: string; name: string; businessId: string | null }[];
  /** What was chosen of the specification's settings, in its order. */
  settings: ChosenSetting[];
};
