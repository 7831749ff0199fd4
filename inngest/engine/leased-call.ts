export type CallId = { runId: string; stepId: string };

/** In the order in which they finished: the SDK resolves their promises in that order. */
type FinishedStep = { id: string; result: unknown };

/** A call that this process has the lease of. */
export type LeasedCall = CallId & {
  lease: string;
  functionId: string;
  event: unknown;
  attempt: number;
  maxAttempts: number;
  /** Count of accepted events when it began, or when the last of its steps that are stored was. */
  position: string;
  hasPlannedSteps: boolean;
  /** No other step of its run is open, and nobody else minds the run: it has no slots, no time-outs, no invoker. */
  isPlain: boolean;
  memo: FinishedStep[];
};

/**
 * What one process does of a run in one go, under one lease. `call` is the next call, or the one that is being executed;
 * undefined when the run waits, has ended, or is left to others.
 */
export type Turn = { call: LeasedCall | undefined; stepsLeft: number };
