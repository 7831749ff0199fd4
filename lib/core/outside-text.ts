/*
 * Where text from outside enters: from vendors, customers, partners, files and headers. What passes is well-formed Unicode in NFC
 * that PostgreSQL takes as text and as JSON, that shows what it holds, and that stays on its line. Decision 041. Schemas are in
 * `written-text.ts`, since forms in the browser use this file and zod is 32 KB of script.
 */

/** C0 and C1 without what separates words or lines. PostgreSQL takes no NUL; none of them shows anything. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;
/** Marks, embeddings, overrides and isolates of the writing direction: they turn what stands beside them. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Shows nothing and takes no room: soft hyphen, zero-width space and joiner of words, byte order mark, tags, interlinear marks. */
const INVISIBLE =
  /\u034f|\u17b4|\u17b5|[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Scripts that write with joiners. */
const JOINING = [
  "Arabic",
  "Syriac",
  "Devanagari",
  "Bengali",
  "Gurmukhi",
  "Gujarati",
  "Oriya",
  "Tamil",
  "Telugu",
]
  .concat("Kannada", "Malayalam", "Sinhala")
  .map((script) => `\\p{Script=${script}}`)
  .join("");
/** Joiners belong within an emoji and between letters of such scripts; elsewhere they hide. */
const JOINERS = new RegExp(
  `(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f${JOINING}])[\\u200c\\u200d]|[\\u200c\\u200d](?![\\p{Extended_Pictographic}${JOINING}])`,
  "gu",
);
const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Half of a character is shown as what it is: one that could not be read. */
const REPLACEMENT = "\ufffd";

function withoutHidden(text: string): string {
  return text
    .replace(LONE_SURROGATES, REPLACEMENT)
    .replace(CONTROLS, "")
    .replace(BIDI, "")
    .replace(INVISIBLE, "")
    .replace(JOINERS, "")
    .normalize("NFC");
}

/** Text of one line: line ends and tabs become a space. */
export function cleanLine(text: string): string {
  return withoutHidden(text.replace(LINE_ENDS, "\n").replace(/\s*[\n\t]\s*/g, " ")).trim();
}

/** Text of several lines, which end with `\n`; tabs become a space. */
export function cleanLines(text: string): string {
  return withoutHidden(text.replace(LINE_ENDS, "\n").replace(/\t/g, " ")).trim();
}

/** How many characters a person counts at most: code points, and not the halves that `length` counts. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The first `longest` code points, cut between two characters as they are seen: not within a flag or a letter with its accents. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const points = [...text];
  if (points.length <= longest) return text;
  const room = points.slice(0, longest).join("").length;
  // A character that alone is longer than the room is cut within: it is no letter of anybody's.
  const last = graphemes.segment(text).containing(room);
  const end = last === undefined || last.index === 0 ? room : last.index;
  return text.slice(0, end).trimEnd();
}

/** What a vendor or a header says in one line: cleaned and cut, never refused. Null when nothing is left. */
export function readLine(value: unknown, longest: number): string | null {
  return typeof value === "string" ? cutText(cleanLine(value), longest) || null : null;
}

/** How long a reason is that one side gives the other. A vendor that takes less says so itself: `acceptsReason`. */
export const MAX_REASON_LENGTH = 255;

/** Holds control characters or half of a character: garbled on its way, when software sent it. */
export function isGarbled(text: string): boolean {
  return text.search(CONTROLS) >= 0 || text.search(LONE_SURROGATES) >= 0;
}

/** What mail programs make a link of: a scheme, a host with a path or without, an address of e-mail. */
const LINKED = /:\/\/|www\.|@|[\p{L}\p{N}-]+\.\p{L}{2,}/iu;

/** Whether a mail program would make a link of a part of it. */
export function holdsLink(text: string): boolean {
  return LINKED.test(text);
}

/** For mails: the same words, in which no mail program finds a link. */
export function withoutLinks(text: string): string {
  // U+2060, word joiner: takes no room and ends what is written like a host.
  return text.replace(/(?<=[\p{L}\p{N}])[.@:](?=[\p{L}\p{N}/])/gu, (sign) => `${sign}\u2060`);
}
