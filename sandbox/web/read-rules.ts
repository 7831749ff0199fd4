import type { CallPattern, FailRule, LateRule } from "./call-rules";
import { type Input, invalid, optional, readNumber, readRecord, readText } from "./read-input";

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

export function readRule(value: unknown): Input {
  return readRecord(value, "a rule");
}

export function readPattern(rule: Input): CallPattern {
  return {
    method: optional(rule.method, "method", readText),
    path: optional(rule.path, "path", readText),
    caller: optional(rule.caller, "caller", readText),
    times: optional(rule.times, "times", readNumber),
  };
}

/** The rules without those for exactly these calls. */
export function withoutRule<Rule extends CallPattern>(rules: Rule[], value: unknown): Rule[] {
  const { method, path, caller } = readPattern(readRule(value));
  return rules.filter((rule) => rule.method !== method || rule.path !== path || rule.caller !== caller);
}

export function readLateRule(value: unknown): LateRule {
  const rule = readRule(value);
  return {
    ...readPattern(rule),
    status: optional(rule.status ?? undefined, "status", readNumber) ?? null,
    afterMs: optional(rule.afterMs ?? undefined, "afterMs", readNumber) ?? null,
  };
}

export function readFailRule(value: unknown): FailRule {
  const rule = readRule(value);
  const status = readNumber(rule.status, "status");
  // A success that holds something else than the call's own answer is a failure, too.
  if (status < 200 || status > 599) throw invalid("status must be one of an answer");
  const retryAfterSeconds = optional(rule.retryAfterSeconds, "retryAfterSeconds", readNumber);
  return { ...readPattern(rule), status, retryAfterSeconds, body: rule.body };
}
