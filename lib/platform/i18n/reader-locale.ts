import { cookies, headers } from "next/headers";
import { isLocale, type Locale, pickLocale } from "@/lib/core/locales";
import { LOCALE_COOKIE } from "./locale-cookie";

/** The language that the reader of this request chose, else the browser's best. */
export async function getReaderLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  return isLocale(chosen) ? chosen : pickLocale((await headers()).get("accept-language"));
}
