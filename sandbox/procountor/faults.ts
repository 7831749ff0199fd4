import type { CallFaults } from "../web/call-faults";
import type { Rights } from "./model";

export type FaultSettings = CallFaults & {
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
};
