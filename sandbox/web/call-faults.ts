import type { CallPattern, FailRule } from "./call-rules";
import { readNumber } from "./read-input";
import { asList, readFailRule, readPattern, readRule, withoutRule } from "./read-rules";

/** What any API can get wrong on purpose. Paths of rules are as documented, below the version prefix. */
export type CallFaults = {
  latencyMs: number;
  /** Answered with `status` instead of being carried out. */
  failNext: FailRule[];
  /** Carried out, but the connection is cut instead of the answer. */
  loseAnswerNext: CallPattern[];
  /** Calls that wait, before anything is done, until they are released. */
  held: CallPattern[];
};

export function makeCallFaults(): CallFaults {
  return { latencyMs: 0, failNext: [], loseAnswerNext: [], held: [] };
}

type Apply = (standIn: { faults: CallFaults }, value: unknown) => void;

/** How they are switched on, by the name in the body of `POST /sandbox/faults`. Rules add up. */
export const CALL_FAULTS: Record<string, Apply> = {
  latencyMs: ({ faults }, value) => {
    faults.latencyMs = readNumber(value, "latencyMs");
  },
  failNext: ({ faults }, value) => {
    faults.failNext.push(...asList(value).map(readFailRule));
  },
  loseAnswerNext: ({ faults }, value) => {
    faults.loseAnswerNext.push(...asList(value).map((rule) => readPattern(readRule(rule))));
  },
  hold: ({ faults }, value) => {
    faults.held.push(readPattern(readRule(value)));
  },
  release: ({ faults }, value) => {
    faults.held = withoutRule(faults.held, value);
  },
};
