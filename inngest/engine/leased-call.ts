export type CallId = { runId: string; stepId: string };

/** The step id of a call that lets a run go on, up to whatever it asks for next. */
export const DISCOVERY = "step";

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
  /** It goes from step to step: nothing else of its run is open, and no slot has to be given away in between. */
  isChain: boolean;
  memo: FinishedStep[];
};

/** What one process does of a run in one go. Without a `call` the run waits, has ended, or is left to others. */
export type Turn = { call: LeasedCall | undefined; stepsLeft: number };
