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

/** What the SDK makes of `match`: one field of both events is equal. */
const EQUAL_FIELD = /^event\.((?:\w+\.)*(\w+)) == async\.\1$/;
/** As long as an index likes it. */
const MAX_MATCH_CHARACTERS = 500;

/**
 * The piece of JSON that has to be in an event which meets the condition, as `JSON.stringify` writes it. null: nothing can
 * be said, and each event has to be looked at.
 */
export function matchText(condition: string | null, event: unknown): string | null {
  const [, path = "", field = ""] = EQUAL_FIELD.exec(condition ?? "") ?? [];
  const value = path.split(".").reduce(getField, event);
  if (field === "" || value === undefined || value === null || typeof value === "object") return null;
  const text = fieldText(field, value);
  return text.length > MAX_MATCH_CHARACTERS ? null : text;
}

/** The match texts of all waits that an event could end, among others. */
export function matchTexts(event: unknown): string[] {
  if (typeof event !== "object" || event === null) return [];
  return Object.entries(event).flatMap(([key, value]) =>
    typeof value === "object" ? matchTexts(value) : fieldText(key, value),
  );
}

function getField(outer: unknown, field: string): unknown {
  return typeof outer === "object" && outer !== null ? Reflect.get(outer, field) : undefined;
}

function fieldText(field: string, value: unknown): string {
  return `${JSON.stringify(field)}:${JSON.stringify(value)}`;
}
