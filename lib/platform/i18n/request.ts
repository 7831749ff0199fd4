import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { isLocale, type Locale, pickLocale } from "@/lib/core/locales";
import { getWebEnv } from "@/lib/platform/env";
import { localeCookieName } from "./locale-cookie";
import { getMessages } from "./messages";

/** The language that was chosen, else the browser's best. */
async function findLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(localeCookieName(getWebEnv().KYTKIN_PUBLIC_URL))?.value;
  return isLocale(chosen) ? chosen : pickLocale((await headers()).get("accept-language"));
}

export default getRequestConfig(async () => {
  const locale = await findLocale();
  // Pages render times in UTC; the browser then shows its own (components/ui/time.tsx).
  return { locale, messages: getMessages(locale), timeZone: "UTC" };
});
