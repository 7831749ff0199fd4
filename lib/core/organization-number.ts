import { cleanLine } from "./outside-text";

/** Every dash that a keyboard, a word processor or a font makes of a hyphen. */
const DASHES = /[\p{Pd}\u2212\u00ad\u2043\u02d7]/gu;

/** Text as a keyboard would have typed it: full-width digits, odd spaces and dashes are the plain ones, nothing hides in it. */
export function plainText(text: string): string {
  return cleanLine(text.normalize("NFKC").replace(DASHES, "-")).replace(/\s+/g, " ");
}

/** Capital letters and digits alone: `FI 1234567-8` is `FI12345678`, and an id of a vendor keeps its letters. */
export function compactNumber(text: string): string {
  return plainText(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** A VAT number's country before, and its suffix `MVA` behind. */
const AROUND_DIGITS = /^(?:FI|NO|SE|DK)(?=\d)|(?<=\d)MVA$/g;

/**
 * The spellings that the digits of one organization number have, the number itself first: as a Swedish VAT number (`01` behind) or
 * with its century (`16` before), in an OVT identifier (`0037` before), and as a spreadsheet that took the leading zero of a
 * Finnish one.
 */
export function spellingsOf(number: string): string[] {
  const compact = compactNumber(number).replace(AROUND_DIGITS, "");
  if (!/^\d+$/.test(compact)) return compact === "" ? [] : [compact];
  const spellings = [compact];
  if (/^\d{10}01$/.test(compact)) spellings.push(compact.slice(0, 10));
  if (/^(?:16|18|19|20)\d{10}$/.test(compact)) spellings.push(compact.slice(2));
  const [, ofOvt] = /^0037(\d{8})\d{0,5}$/.exec(compact) ?? [];
  if (ofOvt !== undefined) spellings.push(ofOvt);
  if (/^\d{7}$/.test(compact)) spellings.push(`0${compact}`);
  return spellings;
}
