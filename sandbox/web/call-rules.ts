/**
 * A rule for calls of the API; `path` is below the version prefix and may hold `*`, e.g. `/integrations/*`. `caller`: whose
 * call it is, where the stand-in tells.
 */
export type CallPattern = { method?: string; path?: string; caller?: string; times?: number };
export type Call = { method: string; path: string; caller?: string | null };
/**
 * `body`: an object is sent as JSON, text as an HTML page, null means none at all; left out, the vendor's own shape is sent.
 */
export type FailRule = CallPattern & { status: number; retryAfterSeconds?: number; body?: unknown };
/**
 * Answered at once, by `status` or, where it is null, by a cut connection, and carried out later: `afterMs` later, or, where
 * it is null, when the stand-in is told to.
 */
export type LateRule = CallPattern & { status: number | null; afterMs: number | null };

/** Takes the first rule that fits the call, and counts it down. */
export function takeRule<Rule extends CallPattern>(rules: Rule[], call: Call): Rule | null {
  const index = rules.findIndex((rule) => fits(rule, call));
  const rule = rules[index];
  if (!rule) return null;
  const left = (rule.times ?? 1) - 1;
  if (left > 0) rules[index] = { ...rule, times: left };
  else rules.splice(index, 1);
  return rule;
}

export function fits(rule: CallPattern, { method, path, caller }: Call): boolean {
  if (rule.caller !== undefined && rule.caller !== caller) return false;
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  if (rule.path === undefined) return true;
  const source = rule.path
    .split("*")
    .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`).test(path);
}
