import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/core/locales";
import type { SpecificationContent, SpecificationField } from "../integration/schema";
import { languageOfField } from "../integration/texts";

/** Where a page of the catalogue begins: behind this name and slug. */
export type Place = { name: string; slug: string };

export const writePlace = ({ name, slug }: Place): string =>
  Buffer.from(JSON.stringify([name, slug])).toString("base64url");

/** What stands in an address, if `writePlace` may have written it. */
export function readPlace(given: string | undefined): Place | undefined {
  if (given === undefined || given.length > 800) return undefined;
  try {
    const [name, slug, ...rest]: unknown[] = JSON.parse(Buffer.from(given, "base64url").toString("utf8"));
    if (typeof name !== "string" || typeof slug !== "string" || rest.length > 0) return undefined;
    // PostgreSQL takes no NUL.
    return `${name}${slug}`.includes("\0") ? undefined : { name, slug };
  } catch {
    return undefined;
  }
}

/** What separates words: ASCII alone, so that JavaScript and PostgreSQL agree whatever the database's locale. */
const BETWEEN_WORDS = /[\s!-/:-@[-`{-~]+/;

/** The words of a search as `kytkin.search_words` writes those of an integration: lower case, without accents. */
export function readWords(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "");
  return plain.split(BETWEEN_WORDS).filter(Boolean).slice(0, 10);
}

/** Whether one of the words of `text` begins with `word`. */
export const hasWord = (text: string, word: string): boolean =>
  readWords(text).some((one) => one.startsWith(word));

/** What the partner wrote of a listed integration's page; terms and policies are documents of their own. */
const PROSE: readonly SpecificationField[] = ["name", "summary", "description", "dataFlows", "technicalUser"];

/** The languages in which a reader gets all of a page in words of the partner's own. */
export function ownLanguages(content: SpecificationContent, locales: readonly Locale[]): Locale[] {
  return locales.filter((locale) =>
    PROSE.every((field) => languageOfField(content[field], locale, content.mainLanguage) === locale),
  );
}

/** The page that is the original of the one in `locale`: itself, or the one in the language that the partner wrote first. */
export function canonicalLocale(locale: Locale, own: readonly Locale[], main: string): Locale {
  if (own.includes(locale)) return locale;
  return isLocale(main) ? main : DEFAULT_LOCALE;
}
