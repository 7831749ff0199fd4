import { type FieldPath, isFieldPath } from "./entities";

/*
 * Stable codes of what is made in a tenant, as they are kept for as long as it may have to be removed:
 * `field:contact:Siteshop:CompUserKey01`, `list_item:source:API`.
 */

export const SOURCE_ITEM = "list_item:source:API";
export const SOURCE_NAME = "API";

export function fieldThing(path: FieldPath, progId: string): string {
  return `field:${path}:${progId}`;
}

/** Whose field a code names, and its programmatic id; null for another kind of thing. */
export function readFieldThing(thing: string): { path: FieldPath; progId: string } | null {
  const [, path = "", progId = ""] = /^field:([^:]+):(.+)$/.exec(thing) ?? [];
  return isFieldPath(path) ? { path, progId } : null;
}
