import { createFormatter, useLocale } from "next-intl";

/** "en" alone would write dates the American way; the portal's English is British. */
export function useDateFormat() {
  const locale = useLocale();
  return createFormatter({ locale: locale === "en" ? "en-GB" : locale });
}
