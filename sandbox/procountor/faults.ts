import type { CallPattern, FailRule } from "../web/call-rules";
import type { Rights } from "./model";

export type FaultSettings = {
  latencyMs: number;
  /** Answered with `status` instead of being carried out. */
  failNext: FailRule[];
  /** Carried out, but the connection is cut instead of the answer. */
  loseAnswerNext: CallPattern[];
  /** Companies for which the vendor makes no key although they were approved. */
  notIssued: number[];
  requestLifetimeSeconds: number;
  /** Cap of the vendor's own dialog; off, so that a portal has to keep its own. */
  maxSimultaneousActivations: number | null;
  /** Company id → rights that its technical users hold instead of those of the specification. */
  technicalUserRights: Record<string, Rights>;
  /** Companies whose next key is withheld, that one time. */
  withholdNextKey: number[];
  /** Companies whose next key is revoked as soon as it is made, that one time. */
  revokeNextKey: number[];
  /** Calls that wait, before anything is done, until they are released. */
  held: CallPattern[];
};
