import { cleanLines } from "@/lib/core/outside-text";

export type ReadKey = { key: string } | { problem: "key" | "key_several" };

const DASHES = /[\p{Pd}\u2212]/gu;
/** Quotes, brackets and what ends a clause, around a key or its label; a key that ends in `=` keeps it. */
const AROUND = /^[\s"'`“”„«»‘’<({[,;]+|[\s"'`“”«»‘’>)}\],;]+$/gu;
/** `Authorization:`, `Bearer`, `Api key =`, `clientKey":`, `Avain:`; a colon with no space behind needs a word for a key before it. */
const LABELS: readonly RegExp[] = [
  /^[\p{L}\p{M} _.()-]{1,60}["'”’]?\s*[:=]\s+/u,
  /^[\p{L}\p{M} _.()-]{0,40}(?:key|token|secret|authorization|avain|tunnus|nøkkel|nyckel|nøgle)["'”’]?\s*[:=]\s*/iu,
  /^(?:bearer|basic|token)\s+/iu,
];

function undress(text: string): string {
  let bare = text;
  for (let before = ""; before !== bare; ) {
    before = bare;
    bare = LABELS.reduce((rest, label) => rest.replace(label, ""), bare.replace(AROUND, ""));
  }
  return bare;
}

/**
 * The key in what a customer pasted: without labels, quotes, `Bearer`, line breaks and what hides in it. `pattern` is what the
 * vendor's keys look like. Of several keys none is chosen.
 */
export function readPastedKey(text: string, pattern: RegExp): ReadKey {
  const lines = cleanLines(text).replace(DASHES, "-").split("\n").map(undress).filter(Boolean);
  const words = lines.flatMap((line) => line.split(/\s+/).map(undress)).filter((word) => pattern.test(word));
  // A key that a mail has broken into lines, and which may look like several where a vendor does not say what its keys are.
  const joined = undress(lines.join(""));
  const isOneText = lines.every((line) => !/\s/.test(line));
  if (isOneText && pattern.test(joined) && (lines.length === 1 || words.length !== 1)) return { key: joined };
  const [key, another] = new Set(words);
  if (key === undefined) return { problem: "key" };
  return another === undefined ? { key } : { problem: "key_several" };
}
