import { type CallFaults, makeCallFaults } from "../web/call-faults";

export type FaultSettings = CallFaults & {
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
  /** `AllowSendInvoice`, which is newer than the document; null leaves it out, as it does. */
  allowSendInvoice: boolean | null;
  /** Version 2 of the API has ended: the gateway knows none of its paths. */
  isVersionEnded: boolean;
  /** How the gateway refuses a subscription key: 401 or 403. */
  subscriptionRefusal: number;
  /** Clients that the next answer with keys names without one, that one time; they are onboarded all the same. */
  withholdNextKey: string[];
  /** By how many øre the totals of the next orders are calculated wrong. */
  skewNextTotal: number[];
};

export function makeFaultSettings(): FaultSettings {
  return {
    ...makeCallFaults(),
    nextReturns: [],
    loseNextToken: false,
    reissueKeys: false,
    onboardingLifetimeSeconds: 900,
    tokenLifetimeSeconds: 1200,
    withheldPrivileges: [],
    privileges: {},
    allowSendInvoice: null,
    isVersionEnded: false,
    subscriptionRefusal: 401,
    withholdNextKey: [],
    skewNextTotal: [],
  };
}
