import { getRequestConfig } from "next-intl/server";
import { getMessages } from "./messages";
import { getReaderLocale, getReaderTimeZone } from "./reader-locale";

export default getRequestConfig(async () => {
  const locale = await getReaderLocale();
  // The server and the first render in the browser say the same text: no page shifts once it is alive.
  return { locale, messages: getMessages(locale), timeZone: await getReaderTimeZone(), now: new Date() };
});
