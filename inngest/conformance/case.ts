import type { Inngest, InngestFunction } from "inngest";

/** What a case's functions are made with. */
type Cast = {
  inngest: Inngest;
  /** Keeps what a function did, for the case's expectations. */
  note(what: unknown): void;
};

export type RunEnd = {
  status: "completed" | "failed" | "cancelled";
  result: unknown;
  error: string | undefined;
};

export type Stage = {
  send(name: string, data?: Record<string, unknown>, id?: string): Promise<unknown>;
  /** What was noted so far, in order. */
  notes: readonly unknown[];
  /** The ends that were announced of a function's runs, in order. `functionId` is the case's own, without the app's. */
  ends(functionId: string): readonly RunEnd[];
  /** Asks again until it no longer throws; as long as the runner may need. */
  eventually<T>(check: () => T | Promise<T>): Promise<T>;
  /** Ends when everything that was sent before has been dealt with, so that what did not happen will not. */
  settle(): Promise<void>;
};

/**
 * One behaviour, of the SDK's functions on whoever runs them. Names of functions and events are unique among all cases: they
 * are served together.
 */
export type Case = {
  says: string;
  cast(cast: Cast): InngestFunction.Like[];
  act(stage: Stage): Promise<void>;
};
