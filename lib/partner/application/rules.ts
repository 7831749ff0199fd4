import type { ApplicationState } from "./schema";

/** What the vendor counts its limit by, where the operator did not say otherwise. The policy of the table says the same. */
export const limiterKeyOf = (application: { connector: string; stage: string; clientId: string }): string =>
  `${application.connector}:${application.stage}:${application.clientId}`;

/** Each trial is calls to the vendor, and each application row holds a client id. */
export const APPLICATION_LIMITS = {
  create: { name: "application.create", max: 20, windowSeconds: 3600 },
  trial: { name: "application.trial", max: 30, windowSeconds: 3600 },
} as const;

/** How an application stands, for its page and the list: from what is there and how the newest trial ended. */
export function judgeApplication(found: {
  isComplete: boolean;
  isProven: boolean;
  /** The newest trial that was not discarded. */
  trial: { kind: "live" | "change"; state: string } | null;
}): ApplicationState {
  const { isComplete, isProven, trial } = found;
  if (trial?.state === "waiting" || trial?.state === "running") return "trying";
  if (!isComplete) return trial?.state === "refused" ? "refused" : "incomplete";
  if (trial?.kind === "change" && trial.state === "refused") return "change_refused";
  if (isProven) return "works";
  return trial?.state === "refused" ? "refused" : "untried";
}
