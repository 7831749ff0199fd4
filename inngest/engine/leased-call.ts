export type CallId = { runId: string; stepId: string };

/** In the order in which they finished: the SDK resolves their promises in that order. */
export type FinishedStep = { id: string; result: unknown };

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
  /** What is done, when it was read together with the call. */
  memo?: FinishedStep[];
};
