import { createFormatter } from "next-intl";

/** "en" alone would write dates the American way; the portal's English is British. */
export function createDateFormat(locale: string) {
  return createFormatter({ locale: locale === "en" ? "en-GB" : locale });
}

const DAY = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;

/** A calendar day (`2026-03-01`) written out, the same one everywhere. */
export function formatDay(locale: string, on: string): string {
  return createDateFormat(locale).dateTime(new Date(on), DAY);
}

/** A moment for a mail: nobody knows the reader's zone there, so that it is UTC and says so. */
export function formatMoment(locale: string, at: Date): string {
  return createDateFormat(locale).dateTime(at, {
    ...DAY,
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  });
}
