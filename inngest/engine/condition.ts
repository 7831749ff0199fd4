import { parse } from "@marcbachmann/cel-js";

/** A CEL expression over `event` (what started the run) and `async` (what arrived now), as the SDK writes them. */
export type Condition = (context: { event: unknown; async?: unknown }) => unknown;

const compiled = new Map<string, Condition>();
/** Functions may build expressions from data, so there is no end to them. */
const MAX_COMPILED = 1000;

/** Throws when the expression is not valid CEL. */
export function compileCondition(expression: string): Condition {
  const known = compiled.get(expression);
  if (known) return known;
  const condition: Condition = parse(expression);
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(expression, condition);
  return condition;
}

/** A missing field or a comparison of different types does not match; it is no error. */
export function matches(expression: string | null | undefined, event: unknown, arrived?: unknown): boolean {
  if (!expression) return true;
  try {
    return compileCondition(expression)({ event, async: arrived }) === true;
  } catch {
    return false;
  }
}

/** The value of a key expression as text; "" when a field in it is missing. */
export function evaluateKey(expression: string, event: unknown): string {
  try {
    return String(compileCondition(expression)({ event }));
  } catch {
    return "";
  }
}
