/** A rule for calls of the API; `path` is below the version prefix and may hold `*`, e.g. `/integrations/*`. */
export type CallPattern = { method?: string; path?: string; times?: number };
export type FailRule = CallPattern & { status: number; retryAfterSeconds?: number; body?: unknown };

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
