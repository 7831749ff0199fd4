import { isRecord } from "@/lib/connectors/read-each";

/** What a row says of a record: a value at a place of the vendor's entity, or in a list of elements such as phone numbers. */
export type Change = { path: readonly [string, ...string[]]; value: unknown; place?: number };

/** The record as it is to be: a copy of what is there with the changes in it. */
export function applyChanges(
  there: Readonly<Record<string, unknown>>,
  changes: readonly Change[],
): Record<string, unknown> {
  const result = structuredClone(there) as Record<string, unknown>;
  for (const { path, value, place } of changes) {
    const last = path[path.length - 1] ?? "";
    const holder = path.slice(0, -1).reduce<Record<string, unknown>>((at, name) => {
      const inner = at[name];
      const next = isRecord(inner) ? inner : {};
      at[name] = next;
      return next;
    }, result);
    const now = holder[last];
    if (place !== undefined) holder[last] = withElement(now, place, value);
    else holder[last] = isRecord(now) && isRecord(value) ? mergeRecord(now, value) : value;
  }
  return result;
}

/** A reference (`{ AssociateId: 5 }`) takes the place of another; a dictionary (`CustomFields`) keeps its other entries. */
const mergeRecord = (now: Record<string, unknown>, value: Record<string, unknown>) =>
  holds(now, value) ? now : isReference(value) ? value : { ...now, ...value };

const isReference = (value: Record<string, unknown>): boolean =>
  Object.keys(value).some((name) => name === "Id" || /^[A-Z][a-z]+Id$/.test(name));

function withElement(now: unknown, place: number, value: unknown): unknown[] {
  const elements: unknown[] = Array.isArray(now) ? [...now] : [];
  const at = Math.min(place, elements.length);
  const before = elements[at];
  if (isRecord(before) && before.Value === value) return elements;
  elements[at] = { ...(isRecord(before) ? { Description: before.Description } : {}), Value: value };
  return elements;
}

export type Operation = { op: "replace"; path: string; value: unknown };

/**
 * JSON Patch (RFC 6902) with a replacement for each property of the entity that the changes touch and that differs. Of
 * `CustomFields` only the entries that differ are sent, as the vendor's own example does.
 */
export function makePatch(there: Readonly<Record<string, unknown>>, changes: readonly Change[]): Operation[] {
  const wanted = applyChanges(there, changes);
  return [...new Set(changes.map(({ path }) => path[0]))].flatMap((name): Operation[] => {
    const [now, value] = [there[name], wanted[name]];
    if (holds(now, value)) return [];
    const different =
      name === "CustomFields" && isRecord(value)
        ? Object.fromEntries(
            Object.entries(value).filter(
              ([field, one]) => !holds(isRecord(now) ? now[field] : undefined, one),
            ),
          )
        : value;
    return [{ op: "replace", path: `/${name}`, value: different }];
  });
}

/** Whether what is there says what is wanted; beyond that it may say more. */
function holds(there: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(there) &&
      there.length === wanted.length &&
      wanted.every((one, index) => holds(there[index], one))
    );
  if (isRecord(wanted))
    return isRecord(there) && Object.entries(wanted).every(([name, value]) => holds(there[name], value));
  return simplify(there) === simplify(wanted);
}

/** Empty, missing and null are one; a day has no time; numbers are the same with or without trailing zeros. */
function simplify(value: unknown): string | boolean {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return String(value);
  const text = String(value);
  const day = /^(\d{4}-\d{2}-\d{2})T00:00:00/.exec(text)?.[1];
  if (day !== undefined) return day;
  const typed = /^\[(?:F|M|I):(-?[\d.]+)\]$/.exec(text)?.[1];
  return typed === undefined ? text : `#${Number(typed)}`;
}
