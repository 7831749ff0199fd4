import type { RowProblem } from "@/lib/connectors/entity";

/** What Windows-1252 has beyond Latin 1; the API takes no other characters (dev.procountor.com, API requests). */
const BEYOND_LATIN_1 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
const OTHER_CHARACTER = new RegExp(`[^\\u0000-\\u00ff${BEYOND_LATIN_1}]`, "u");

/** Fields with characters that the API does not take, each by its path in the row. */
export function findOtherCharacters(value: unknown, path: string[] = []): RowProblem[] {
  if (typeof value === "string")
    return OTHER_CHARACTER.test(value) ? [{ field: path.join("."), cause: "character_not_allowed" }] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => findOtherCharacters(inner, [...path, name]));
}

/** Seven digits and a check digit, weighted 7 9 10 5 8 4 2 modulo 11. */
export function isBusinessId(text: string): boolean {
  const [, digits = "", check] = /^(\d{7})-(\d)$/.exec(text) ?? [];
  if (check === undefined) return false;
  const weights = [7, 9, 10, 5, 8, 4, 2];
  const rest = weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11;
  return rest !== 1 && Number(check) === (rest === 0 ? 0 : 11 - rest);
}
