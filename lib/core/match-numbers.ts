import { compactNumber, plainText, spellingsOf } from "./organization-number";

/** A company that may be meant; `blocked` says why it cannot be picked. */
type Company = { businessId: string | null; externalId: string; blocked: unknown };

export type NumberMatches<Option = Company> = {
  matched: Option[];
  blocked: Option[];
  /** What stands for no company of the list, as it was written. */
  unmatched: string[];
};

/** A run of digits with what its word has before it: `SE556036079301` is `SE` and its digits. */
type Group = { digits: string; start: number; end: number };

/** The longest Swedish number, with its century and the suffix of a VAT number, has 14 digits; an OVT identifier 17. */
const MOST_DIGITS = 17;
/** What groups of one number have between them: `912 345 678`, `12.34.56.78`, `1234567 - 8`. */
const BETWEEN_GROUPS = /^ ?[-./']? ?$/;
/** From here on digits look like an organization number; a house, a postal code and a year have fewer. */
const FEWEST_DIGITS = 7;
const LONGEST_SHOWN = 80;

function groupsOf(line: string): Group[] {
  return [...line.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({
    digits,
    start: index,
    end: index + digits.length,
  }));
}

/** The groups from `first` on that may be one number, and their digits together. */
function* runsFrom(line: string, groups: readonly Group[], first: number) {
  let digits = "";
  for (let last = first; last < groups.length; last++) {
    const [before, group] = [groups[last - 1], groups[last]];
    if (group === undefined) return;
    if (last > first && before && !BETWEEN_GROUPS.test(line.slice(before.end, group.start))) return;
    digits += group.digits;
    if (digits.length > MOST_DIGITS) return;
    yield { digits, last };
  }
}

/** What of a line was not recognized and looks like a number: neighbouring groups together, as they were written. */
function* leftoversOf(line: string, groups: readonly Group[], taken: ReadonlySet<number>): Generator<string> {
  let first = 0;
  while (first < groups.length) {
    if (taken.has(first)) {
      first++;
      continue;
    }
    let [last, digits] = [first, ""];
    for (const run of runsFrom(line, groups, first)) {
      if (taken.has(run.last)) break;
      // `9999999-9 8888888-8` are two: what is whole already takes no more.
      if (digits.length >= FEWEST_DIGITS + 1) break;
      ({ last, digits } = run);
    }
    const [from, to] = [groups[first], groups[last]];
    if (from && to && digits.length >= FEWEST_DIGITS) yield line.slice(from.start, to.end);
    first = last + 1;
  }
}

/** Ids that hold letters, such as a UUID, are looked for word by word. */
const wordsOf = (line: string): string[] => line.split(/[\s,;|"'=()<>]+/).map(compactNumber);

type Known<Option> = ReadonlyMap<string, readonly Option[]>;

/**
 * The environments that a cell names, and what of it looks like a number and names none. A short id of a vendor counts where it
 * stands without words: beside them it may be a postal code.
 */
function readCell<Option>(known: Known<Option>, cell: string): { found: Option[]; left: string[] } {
  const found = wordsOf(cell).flatMap((word) => (/\p{L}/u.test(word) ? (known.get(word) ?? []) : []));
  const hasWords = /\p{L}{4}/u.test(cell);
  const groups = groupsOf(cell);
  const taken = new Set<number>();
  for (let first = 0; first < groups.length; first++) {
    // The longest run that is known: `912 345 678` before `912`.
    for (const { digits, last } of [...runsFrom(cell, groups, first)].reverse()) {
      const options = spellingsOf(digits).flatMap((spelling) => known.get(spelling) ?? []);
      if (options.length === 0 || (hasWords && digits.length < FEWEST_DIGITS)) continue;
      found.push(...options);
      for (let group = first; group <= last; group++) taken.add(group);
      first = last;
      break;
    }
  }
  return { found, left: [...leftoversOf(cell, groups, taken)] };
}

/** The same for a line of cells; one in which nothing was recognized is left as a whole. */
function readLine<Option>(known: Known<Option>, written: string): { found: Option[]; left: string[] } {
  const cells = written.split(/[\t;,|]+/).map((cell) => readCell(known, plainText(cell)));
  const found = cells.flatMap((cell) => cell.found);
  const left = cells.flatMap((cell) => cell.left);
  return { found, left: found.length > 0 || left.length > 0 ? left : [plainText(written)].filter(Boolean) };
}

function knownNumbers<Option extends Company>(options: readonly Option[]): Known<Option> {
  const known = new Map<string, Option[]>();
  for (const option of options) {
    const spellings = [option.businessId ?? "", option.externalId].flatMap(spellingsOf);
    for (const spelling of new Set(spellings)) {
      known.set(spelling, [...(known.get(spelling) ?? []), option]);
    }
  }
  return known;
}

/**
 * Finds the environments of pasted organization numbers or vendor ids, in whatever dress: grouped, beside names and labels, with
 * country prefixes and VAT suffixes, in a spreadsheet's quotes, many in a line. Each environment once, in the list's order. What
 * is not found is given back as it was written.
 */
export function matchNumbers<Option extends Company>(
  options: readonly Option[],
  text: string,
): NumberMatches<Option> {
  const known = knownNumbers(options);
  const found = new Set<Option>();
  const unmatched = new Map<string, string>();
  for (const written of text.split(/[\n\r\v\f\u0085\u2028\u2029]+/)) {
    const read = readLine(known, written);
    for (const option of read.found) found.add(option);
    for (const unread of read.left) {
      const shown = unread.length > LONGEST_SHOWN ? `${unread.slice(0, LONGEST_SHOWN)}…` : unread;
      unmatched.set(compactNumber(shown) || shown, shown);
    }
  }
  const inOrder = options.filter((option) => found.has(option));
  return {
    matched: inOrder.filter((option) => option.blocked === null),
    blocked: inOrder.filter((option) => option.blocked !== null),
    unmatched: [...unmatched.values()],
  };
}
