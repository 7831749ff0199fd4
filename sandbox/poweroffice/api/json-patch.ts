import type { Stored } from "../model";
import { problem } from "./api-call";

type Patchable = {
  /** As the vendor calls what is patched in its errors, e.g. `CustomerPatchDto`. */
  name: string;
  /** Names that may be changed. */
  fields: readonly string[];
};

/**
 * Applies a JSON Patch (RFC 6902) as Go takes it: an array of operations on names in Pascal case. Gives the changed record and
 * leaves the given one as it is.
 */
export function applyPatch(record: Stored, patch: unknown, { name, fields }: Patchable): Stored {
  if (!Array.isArray(patch)) throw problem(400, "Unable to cast object(s)", "The body is not a valid patch.");
  const changed: Stored = structuredClone(record);
  for (const operation of patch) {
    const { op, path, value } = readOperation(operation);
    const field = path.slice(1);
    if (!path.startsWith("/") || !fields.includes(field))
      throw problem(
        400,
        "Unable to cast object(s)",
        `${name}: The target location specified by path segment '${field}' was not found.`,
      );
    if (op === "remove") changed[field] = null;
    else if (op === "replace" || op === "add") changed[field] = value;
    else throw problem(400, "Unable to cast object(s)", `${name}: The operation '${op}' is not supported.`);
  }
  return changed;
}

function readOperation(operation: unknown): { op: string; path: string; value: unknown } {
  const { op, path, value }: Record<string, unknown> =
    typeof operation === "object" && operation !== null ? { ...operation } : {};
  return { op: String(op), path: String(path), value };
}
