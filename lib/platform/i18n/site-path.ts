import { isLocale, type Locale } from "@/lib/core/locales";

/**
 * The language of a page for everybody (`app/(site)/[locale]`), which stands at the beginning of its address; null for all
 * other pages. These pages are the same for all readers of a language: no cookie is read or set for them.
 */
export function siteLocaleOf(path: string | null): Locale | null {
  const first = /^\/(\w+)(?=[/?]|$)/.exec(path ?? "")?.[1];
  return isLocale(first) ? first : null;
}

/** The same page in another language. Where a list is continued is left out: its order is another one. */
export function inOtherLanguage(path: string, locale: Locale): string {
  const { pathname, searchParams } = new URL(path, "http://localhost");
  searchParams.delete("after");
  const query = searchParams.toString();
  return `/${locale}${pathname.replace(/^\/\w+/, "")}${query && `?${query}`}`;
}

/** Where a page for everybody stands in each of these languages, by `hreflang`. `path` begins behind the language. */
export function languageAddresses(
  base: string,
  path: string,
  locales: readonly Locale[],
): Record<string, string> {
  return Object.fromEntries(locales.map((locale) => [locale, new URL(`/${locale}${path}`, base).href]));
}
