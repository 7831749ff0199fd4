type Fields = Record<string, unknown>;

/** undefined for what is no JSON. */
export function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const toFields = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

export const toList = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(toFields) : []);

/** null for what is no text or an empty one. */
export const toText = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;
