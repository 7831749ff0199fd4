import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { isLocale, type Locale, pickLocale } from "@/lib/core/locales";
import { LOCALE_COOKIE } from "./locale-cookie";
import { getMessages } from "./messages";

/** The console of partners is in English for now, whatever was chosen. */
const isConsole = (path: string | null): boolean => path !== null && /^\/partner\//.test(path);

/** The language that was chosen, else the browser's best. */
async function findLocale(): Promise<Locale> {
  if (isConsole((await headers()).get("x-kytkin-path"))) return "en";
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  return isLocale(chosen) ? chosen : pickLocale((await headers()).get("accept-language"));
}

export default getRequestConfig(async () => {
  const locale = await findLocale();
  // Pages render times in UTC; the browser then shows its own (components/ui/time.tsx).
  return { locale, messages: getMessages(locale), timeZone: "UTC" };
});
