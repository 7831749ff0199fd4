import type { Rights } from "./model";

/** A rule for calls of the API; `path` is below the version prefix and may hold `*`, e.g. `/integrations/*`. */
export type CallPattern = { method?: string; path?: string; times?: number };
export type FailRule = CallPattern & { status: number; retryAfterSeconds?: number; body?: unknown };

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
  /** Calls that wait, before anything is done, until they are released. */
  held: CallPattern[];
};

/** Takes the first rule that fits the call, and counts it down. */
export function takeRule<Rule extends CallPattern>(rules: Rule[], method: string, path: string): Rule | null {
  const index = rules.findIndex((rule) => fits(rule, method, path));
  const rule = rules[index];
  if (!rule) return null;
  const left = (rule.times ?? 1) - 1;
  if (left > 0) rules[index] = { ...rule, times: left };
  else rules.splice(index, 1);
  return rule;
}

export function fits(rule: CallPattern, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  if (rule.path === undefined) return true;
  const source = rule.path
    .split("*")
    .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`).test(path);
}
