import { notFound } from "next/navigation";
import { isLocale, type Locale } from "@/lib/core/locales";

export type LocaleParams = Promise<{ locale: string }>;

/** The language of the address; every other first part of an address is no page. */
export async function siteLocale(params: LocaleParams): Promise<Locale> {
  const { locale } = await params;
  return isLocale(locale) ? locale : notFound();
}
