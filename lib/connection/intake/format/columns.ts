import type { FileProblem } from "./schema";

/** Names that differ by less than this many letters are taken for a slip. */
const MOST_SLIPS = 2;
const SHORTEST_WITH_SLIPS = 4;

/** Every column whose name the entity does not have, with the name that was probably meant. */
export function findUnknownColumns(names: readonly string[], known: readonly string[]): FileProblem[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name): FileProblem => {
      const meant = findMeantName(name, known);
      return { code: "column_unknown", detail: meant ? { column: name, meant } : { column: name } };
    });
}

const withoutSpelling = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, "");

export function findMeantName(name: string, known: readonly string[]): string | null {
  const plain = withoutSpelling(name);
  const sameLetters = known.find((other) => withoutSpelling(other) === plain);
  if (sameLetters) return sameLetters;
  if (plain.length < SHORTEST_WITH_SLIPS || plain.length > 60) return null;
  const near = known
    .map((other) => ({ other, slips: countSlips(plain, withoutSpelling(other)) }))
    .filter(({ slips }) => slips <= MOST_SLIPS)
    .sort((a, b) => a.slips - b.slips);
  return near[0]?.other ?? null;
}

/** Letters to insert, delete or replace (Levenshtein). */
function countSlips(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > MOST_SLIPS) return MOST_SLIPS + 1;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
