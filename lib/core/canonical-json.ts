/** JSON with sorted keys and no undefined, so that equal values have equal text. Frozen: hashes that are stored are made of it. */
export function canonicalJson(value: unknown): string {
  return write(value) ?? JSON.stringify(sorted(value));
}

/**
 * The text without a copy of the value; null where a name looks like a number, which objects have in another order, or where a value is
 * none of JSON.
 */
function write(value: unknown): string | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null)
    return JSON.stringify(value);
  if (typeof value !== "object") return null;
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) {
      const part = write(item);
      if (part === null) return null;
      text += text === "" ? part : `,${part}`;
    }
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const item: unknown = Reflect.get(value, key);
    if (item === undefined) continue;
    const part = /^\d/.test(key) ? null : write(item);
    if (part === null) return null;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${part}`;
  }
  return `{${text}}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(
      entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, item]) => [key, sorted(item)]),
    );
  }
  return value;
}
