import type { CallPattern, FailRule } from "../web/call-rules";

/** Paths of rules are as documented, below the version prefix: `/OAuth/Token`, `/Onboarding/Finalize`. */
export type FaultSettings = {
  latencyMs: number;
  /** Answered with `status` instead of being carried out. */
  failNext: FailRule[];
  /** Carried out, but the connection is cut instead of the answer. */
  loseAnswerNext: CallPattern[];
  /** Calls that wait, before anything is done, until they are released. */
  held: CallPattern[];
  /** The status of the next returns, instead of the one that the dialog leads to; may be none of the documented ones. */
  nextReturns: string[];
  /** The next return says Success and carries no token. */
  loseNextToken: boolean;
  /** Onboarding an active client again gives it a new key; otherwise its key is repeated. The vendor does not tell. */
  reissueKeys: boolean;
  onboardingLifetimeSeconds: number;
  tokenLifetimeSeconds: number;
  /** Privileges taken from the application. */
  withheldPrivileges: string[];
  /** What the application may do on single clients, by their ids, instead of what it may everywhere. */
  privileges: Record<string, string[]>;
  /** Clients that the next answer with keys names without one, that one time; they are onboarded all the same. */
  withholdNextKey: string[];
};

export function makeFaultSettings(): FaultSettings {
  return {
    latencyMs: 0,
    failNext: [],
    loseAnswerNext: [],
    held: [],
    nextReturns: [],
    loseNextToken: false,
    reissueKeys: false,
    onboardingLifetimeSeconds: 900,
    tokenLifetimeSeconds: 1200,
    withheldPrivileges: [],
    privileges: {},
    withholdNextKey: [],
  };
}
