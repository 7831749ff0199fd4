import { cookies, headers } from "next/headers";
import { isLocale, type Locale, pickLocale } from "@/lib/core/locales";
import { getWebEnv } from "@/lib/platform/env";
import { localeCookieName } from "./locale-cookie";
import { siteLocaleOf } from "./site-path";
import { readTimeZone, timeZoneCookieName } from "./zones";

/** The console of partners and the operator's reviews are in English for now, whatever was chosen. */
const isConsole = (path: string | null): boolean =>
  path !== null && /^\/(?:partner\/|operator\/reviews)/.test(path);

/** A preview is in the language that its partner wants to see. */
const previewLanguage = (path: string | null): string | undefined =>
  /^\/preview\/(\w+)\//.exec(path ?? "")?.[1];

/** The language that the reader of this request chose, else the browser's best. */
export async function getReaderLocale(): Promise<Locale> {
  const path = (await headers()).get("x-kytkin-path");
  if (isConsole(path)) return "en";
  const previewed = previewLanguage(path);
  if (isLocale(previewed)) return previewed;
  const site = siteLocaleOf(path);
  if (site) return site;
  const chosen = (await cookies()).get(localeCookieName(getWebEnv().KYTKIN_PUBLIC_URL))?.value;
  return isLocale(chosen) ? chosen : pickLocale((await headers()).get("accept-language"));
}

/** The time zone that the browser told with an earlier page; UTC, which times then name, before it did. */
export async function getReaderTimeZone(): Promise<string> {
  if (siteLocaleOf((await headers()).get("x-kytkin-path"))) return "UTC";
  const isHttps = getWebEnv().KYTKIN_PUBLIC_URL.startsWith("https:");
  return readTimeZone((await cookies()).get(timeZoneCookieName(isHttps))?.value) ?? "UTC";
}
