import { z } from "zod";

export const RUN_STATES = ["running", "completed", "failed", "cancelled"] as const;
export type RunState = (typeof RUN_STATES)[number];

export const STEP_STATES = ["planned", "sleeping", "waiting", "failed", "done"] as const;
export type StepState = (typeof STEP_STATES)[number];

/** Why a run stands still; null when it has ended or is being executed. */
export const RUN_WAITS = ["event", "sleep", "invoke", "slot", "retry", "worker"] as const;
type RunWait = (typeof RUN_WAITS)[number];

export const runFilter = z.object({
  state: z.enum(RUN_STATES).optional().catch(undefined),
  functionId: z.string().max(200).optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
});
export type RunFilter = z.infer<typeof runFilter>;

/** A name and a redacted message, as the database gives them away. */
type RunError = { name: string; message: string };

export type RunSummary = {
  id: string;
  functionId: string;
  state: RunState;
  eventName: string;
  /** Ids in the event, by their name, e.g. `requestId`. */
  subjects: Record<string, string>;
  /** ISO times. */
  startedAt: string;
  endedAt: string | null;
  error: RunError | null;
  waitsFor: { kind: RunWait; name: string | null; until: string | null } | null;
};

export type StepView = {
  name: string;
  state: StepState;
  attempts: number;
  openedAt: string;
  settledAt: string | null;
  dueAt: string | null;
  eventName: string | null;
  invokedRunId: string | null;
  error: RunError | null;
};

/** A try that failed. */
export type FailureView = {
  /** null: outside of a step. */
  stepName: string | null;
  attempt: number;
  failedAt: string;
  /** null: it was the last try. */
  retryAt: string | null;
  error: RunError;
};

export type RunView = RunSummary & { steps: StepView[]; failures: FailureView[] };

type FunctionNumbers = { functionId: string; running: number; failedLastDay: number };

export type QueueNumbers = {
  waiting: number;
  oldestWaitingSeconds: number;
  executing: number;
  scheduled: number;
  parked: number;
  runningRuns: number;
  failedLastDay: number;
  liveWorkers: number;
};

export type JobListView = {
  filter: RunFilter;
  runs: RunSummary[];
  nextCursor: string | null;
  functions: FunctionNumbers[];
  queue: QueueNumbers;
};
