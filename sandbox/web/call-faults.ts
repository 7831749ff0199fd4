import type { CallPattern, FailRule, LateRule } from "./call-rules";
import { readNumber } from "./read-input";
import { asList, readFailRule, readLateRule, readPattern, readRule, withoutRule } from "./read-rules";

/** What any API can get wrong on purpose. Paths of rules are as documented, below the version prefix. */
export type CallFaults = {
  latencyMs: number;
  /** Answered with `status` instead of being carried out. */
  failNext: FailRule[];
  /** Carried out, but the connection is cut instead of the answer. */
  loseAnswerNext: CallPattern[];
  /** Answered as by a gateway that gives up waiting, and carried out afterwards. */
  carryOutLateNext: LateRule[];
  /** What was answered and is yet to be carried out, in order. */
  waitingEffects: (() => Promise<void>)[];
  /** Calls that wait, before anything is done, until they are released. */
  held: CallPattern[];
};

export function makeCallFaults(): CallFaults {
  return {
    latencyMs: 0,
    failNext: [],
    loseAnswerNext: [],
    carryOutLateNext: [],
    waitingEffects: [],
    held: [],
  };
}

type Apply = (standIn: { faults: CallFaults }, value: unknown) => void | Promise<void>;

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
  carryOutLateNext: ({ faults }, value) => {
    faults.carryOutLateNext.push(...asList(value).map(readLateRule));
  },
  carryOutWaiting: async ({ faults }) => {
    for (const carryOut of faults.waitingEffects.splice(0)) await carryOut();
  },
  hold: ({ faults }, value) => {
    faults.held.push(readPattern(readRule(value)));
  },
  release: ({ faults }, value) => {
    faults.held = withoutRule(faults.held, value);
  },
};
