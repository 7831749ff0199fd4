import { useLocale } from "next-intl";
import { dateFormatOf } from "@/lib/platform/i18n/dates";

/** Dates as the portal's pages write them, in the reader's language. */
export function useDateFormat() {
  return dateFormatOf(useLocale());
}
