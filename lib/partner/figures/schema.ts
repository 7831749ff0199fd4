import { z } from "zod";

/** How far one comes, from *Accept* on: each step counts all who came at least so far. */
export const FUNNEL_STEPS = [
  "accepted",
  "started",
  "consented",
  "picked",
  "submitted",
  "approved",
  "active",
] as const;
type FunnelStep = (typeof FUNNEL_STEPS)[number];

/** Where those are who did not become active; `open`, `waiting` and `activating` are still on the way. */
export const LEAVE_REASONS = [
  "open",
  "before_consent",
  "at_vendor",
  "refused",
  "before_pick",
  "before_submit",
  "waiting",
  "cancelled",
  "timed_out",
  "rejected",
  "activating",
  "failed",
] as const;
export type LeaveReason = (typeof LEAVE_REASONS)[number];
export const UNDER_WAY: readonly LeaveReason[] = ["open", "waiting", "activating"];

export type Leavers = Partial<Record<LeaveReason, number>>;
/** How many took how long: the number of a bucket (`bucketOf`) and its count. */
export type Buckets = Record<string, number>;

export const FIGURE_PERIODS = ["30", "90", "365"] as const;
export const figureFilter = z.object({
  days: z.enum(FIGURE_PERIODS).catch("90"),
  integration: z.uuid().optional().catch(undefined),
});
export type FigureFilter = z.infer<typeof figureFilter>;

export type Counts = Record<FunnelStep, number>;
export type Times = {
  count: number;
  /** Seconds; null with nothing to take it of. */
  median: number | null;
  p95: number | null;
};
export type Figures = { counts: Counts; leavers: Leavers; toActive: Times; toDecision: Times };
type WeekFigures = Figures & {
  /** The Monday. */
  week: string;
};
type VersionFigures = Figures & {
  id: string;
  integrationName: string;
  stage: string;
  version: number;
};

export type FiguresView = {
  filter: FigureFilter;
  integrations: { id: string; name: string; stage: string }[];
  /** The first day of the period. */
  from: string;
  /** There are no figures, and yet requests of the period: nobody has counted their days so far. */
  isUncounted: boolean;
  all: Figures;
  weeks: WeekFigures[];
  versions: VersionFigures[];
};
