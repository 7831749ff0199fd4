export type CallId = { runId: string; stepId: string };

/** A call that this process has the lease of. */
export type LeasedCall = CallId & {
  lease: string;
  functionId: string;
  event: unknown;
  attempt: number;
  maxAttempts: number;
  /** Count of accepted events when it began. */
  position: string;
  hasPlannedSteps: boolean;
};
