import { getRequestConfig } from "next-intl/server";
import { getMessages } from "./messages";
import { getReaderLocale } from "./reader-locale";

export default getRequestConfig(async () => {
  const locale = await getReaderLocale();
  // Pages render times in UTC; the browser then shows its own (components/ui/time.tsx).
  return { locale, messages: getMessages(locale), timeZone: "UTC" };
});
