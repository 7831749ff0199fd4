import type { EnvironmentOption } from "@/lib/activation/draft/schema";

/** Country prefixes and the Norwegian VAT suffix that people paste along with the number itself. */
const AROUND_NUMBER = /^(FI|NO|SE|DK)|MVA$/g;

/** `FI12345678`, `1234567-8` and `1234567 - 8` are the same company. */
export function normalizeNumber(text: string): string {
  return text
    .toUpperCase()
    .replace(/[\s.\-–]/g, "")
    .replace(AROUND_NUMBER, "");
}

/** The longest organization number of the Nordic countries has 12 digits (Swedish VAT number). */
const LONGEST_NUMBER = 12;

/** A line may hold one number with spaces in it (`987 654 321`), or several numbers apart by spaces. */
function splitLine(line: string): string[] {
  const asOne = normalizeNumber(line);
  return /^\d+$/.test(asOne) && asOne.length <= LONGEST_NUMBER ? [line] : line.split(/\s+/);
}

function splitNumbers(text: string): string[] {
  const pieces = text
    .split(/[\n\r,;\t]+/)
    .flatMap(splitLine)
    .map((piece) => piece.trim());
  return pieces.filter((piece) => /\d/.test(piece));
}

export type NumberMatches = {
  matched: EnvironmentOption[];
  blocked: EnvironmentOption[];
  unmatched: string[];
};

/** Finds the environments of pasted organization numbers or vendor ids; each environment once, in the list's order. */
export function matchNumbers(options: readonly EnvironmentOption[], text: string): NumberMatches {
  const asTyped = new Map(splitNumbers(text).map((number) => [normalizeNumber(number), number]));
  const isMeant = ({ businessId, externalId }: EnvironmentOption) =>
    (businessId !== null && asTyped.has(normalizeNumber(businessId))) ||
    asTyped.has(normalizeNumber(externalId));
  const found = options.filter(isMeant);
  const known = new Set(
    found.flatMap((option) => [option.businessId ?? "", option.externalId].map(normalizeNumber)),
  );
  return {
    matched: found.filter((option) => option.blocked === null),
    blocked: found.filter((option) => option.blocked !== null),
    unmatched: [...asTyped].filter(([number]) => !known.has(number)).map(([, typed]) => typed),
  };
}
