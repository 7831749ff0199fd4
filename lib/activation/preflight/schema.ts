import type { Finding } from "@/lib/connectors/preflight";
import type { ForeseenStep } from "@/lib/connectors/preparation";

/** `waiting`: being checked. `unchecked`: nobody could tell in time; it may be submitted all the same. */
export type PreflightState = "waiting" | "fine" | "warned" | "blocked" | "unchecked";

export type PreflightEnvironment = {
  candidateId: string;
  name: string;
  businessId: string | null;
  state: PreflightState;
  findings: Finding[];
  /** What will be made in the vendor system after the activation; null where nothing is. */
  foreseen: ForeseenStep[] | null;
};

/** What the checks before the submission say, for each picked environment. */
export type PreflightView = {
  environments: PreflightEnvironment[];
  isRunning: boolean;
  isBlocked: boolean;
};
