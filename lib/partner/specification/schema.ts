import { z } from "zod";
import type { DraftLanguage, DraftProblem } from "@/lib/catalogue/draft/schema";
import { DRAFT_LANGUAGES, draftContent } from "@/lib/catalogue/draft/schema";
import type { Difference } from "@/lib/catalogue/integration/differences";
import { type ChangeVerdict, type ShownContent, slug } from "@/lib/catalogue/integration/schema";
import type { Stage } from "@/lib/connectors/context";
import type { Locale } from "@/lib/core/locales";
import { writtenLine, writtenLines } from "@/lib/core/written-text";
import type { RetirementView } from "@/lib/partner/retirement/schema";
import type { PublicationRefusal } from "./rules";

/** What a new integration is made of; connector and stage are those of the vendor application. */
export const newIntegration = z.object({
  name: writtenLine(80),
  slug: slug.min(3),
  vendorApplicationId: z.uuid(),
  mainLanguage: z.enum(DRAFT_LANGUAGES),
  /** An integration of the same partner and connector whose draft is copied. */
  copyOf: z.uuid().nullable(),
});
export type NewIntegration = z.infer<typeof newIntegration>;

export const draftSave = z.object({
  content: draftContent,
  /** The newest revision that the page knows. */
  revision: z.number().int().positive(),
  /** One open page. What it saved itself is no conflict to it, though its answer was lost. */
  writer: z.uuid(),
  /** Rises with each save of the page, so that a save that was late changes nothing. */
  sequence: z.number().int().positive(),
});
export type DraftSave = z.infer<typeof draftSave>;

export const submissionNote = z.union([z.literal("").transform(() => null), writtenLines(2000)]);
export const rejectionReason = writtenLines(2000);
export const approvalReason = z.union([z.literal("").transform(() => null), writtenLines(2000)]);
export const fieldComment = writtenLines(1000);

/** How far ahead a publication may be set. */
export const MAX_PUBLISH_DAYS = 366;

/** Date and time as the browser's own picker writes them, and the zone that they are in. */
export const publicationTime = z.object({
  specificationId: z.uuid(),
  at: z.iso.datetime({ local: true, precision: -1 }).regex(/\d$/),
  zone: z.string().max(64),
});

/** A vendor application that an integration can be made on. */
export type ApplicationChoice = {
  id: string;
  connectorName: string;
  stage: Stage;
  clientId: string;
};

export type SubmissionState = "in_review" | "approved" | "rejected" | "withdrawn";

/** The list's words of how far an integration is. */
export type IntegrationListItem = {
  slug: string;
  name: string;
  connectorName: string;
  stage: Stage;
  publishedVersion: number | null;
  /** The newest version's state when it is on its way to publication, or was refused. */
  submission: SubmissionState | null;
  /** The draft differs from what is published and submitted. */
  hasUnsentChanges: boolean;
  /** ISO time of the draft's last save. */
  savedAt: string | null;
};

export type VersionView = {
  id: string;
  version: number;
  state: string;
  contentHash: string;
  createdAt: string;
  publishedAt: string | null;
  /** Live ones whose customers accepted this version; at most one more than `CONNECTIONS_COUNTED`. */
  connections: number;
};

export type ReviewView = {
  specificationId: string;
  version: number;
  state: SubmissionState;
  note: string | null;
  submittedAt: string;
  decidedAt: string | null;
  reason: string | null;
  /** By field of the specification. */
  comments: Record<string, string>;
  /** When it is, or was to be, published by itself; null when no time was set. */
  publication: { at: string; refused: PublicationRefusal | null } | null;
  /** Against the published version; null when there is none. */
  change: ChangeVerdict | null;
};

export type IntegrationPageView = {
  id: string;
  slug: string;
  name: string;
  connectorId: string;
  connectorName: string;
  stage: Stage;
  clientId: string;
  versions: VersionView[];
  /** The newest submission, whatever became of it. */
  review: ReviewView | null;
  draft: { savedAt: string; savedBy: string | null; problems: number; hasUnsentChanges: boolean } | null;
  linkCount: number;
  /** The end that is announced. */
  retirement: RetirementView | null;
  /** Live connections of all versions, as far as they are counted. */
  connections: number;
};

/** Everything that is found out about a draft when it is saved. */
export type DraftState = {
  revision: number;
  /** ISO time. */
  savedAt: string;
  problems: DraftProblem[];
  languages: DraftLanguage[];
  /** Against the published version; null when there is none, when both say the same, or while the draft is unfinished. */
  change: ChangeVerdict | null;
};

export type ReviewListItem = {
  specificationId: string;
  integrationName: string;
  version: number;
  partnerName: string;
  connectorName: string;
  stage: Stage;
  state: string;
  submittedAt: string;
  publishedVersion: number | null;
  /** Submitted by the operator who looks, as a member of the partner. */
  isOwn: boolean;
  /** The first of two approvals, while the second is waited for. */
  firstApproval: { by: string; at: string; isOwn: boolean } | null;
};

/** A right that differs between two versions. */
export type RightChange = {
  kind: "added" | "removed" | "changed";
  path: string;
  level: string;
  formerLevel: string | null;
  reason: string;
};

export type ReviewDetails = ReviewListItem & {
  connectorId: string;
  contentHash: string;
  note: string | null;
  reason: string | null;
  decidedAt: string | null;
  comments: Record<string, string>;
  /** When the partner has it published by itself. */
  publishAt: string | null;
  content: ShownContent;
  /** Empty for a first version. */
  differences: Difference[];
  rights: RightChange[];
  /** Null for a first version. */
  change: ChangeVerdict | null;
  advice: DraftProblem[];
  languages: Locale[];
};

/** What is wrong in a file of `integration:import`, by the way to it and its line. */
export type FileFault = { line: number | null; path: string; message: string };
