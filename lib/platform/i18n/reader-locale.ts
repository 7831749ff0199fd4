import { cookies, headers } from "next/headers";
import { isLocale, type Locale, pickLocale } from "@/lib/core/locales";
import { getWebEnv } from "@/lib/platform/env";
import { localeCookieName } from "./locale-cookie";

/** The language that the reader of this request chose, else the browser's best. */
export async function getReaderLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(localeCookieName(getWebEnv().KYTKIN_PUBLIC_URL))?.value;
  return isLocale(chosen) ? chosen : pickLocale((await headers()).get("accept-language"));
}
