import { createFormatter } from "next-intl";

type DateFormat = ReturnType<typeof createFormatter>;
const formats = new Map<string, DateFormat>();

/** One for each language, since an Intl format is dear. "en" alone would write dates the American way; ours is British. */
export function dateFormatOf(locale: string): DateFormat {
  const known = formats.get(locale);
  if (known) return known;
  const made = createFormatter({ locale: locale === "en" ? "en-GB" : locale });
  formats.set(locale, made);
  return made;
}

const DAY = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;

/** A calendar day (`2026-03-01`) written out, the same one everywhere. */
export function formatDay(locale: string, on: string): string {
  return dateFormatOf(locale).dateTime(new Date(on), DAY);
}

/** A moment for a mail, in the zone that its reader told, which is named; in UTC where no zone is known. */
export function formatMoment(locale: string, at: Date, timeZone = "UTC"): string {
  return dateFormatOf(locale).dateTime(at, {
    ...DAY,
    timeZone,
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  });
}
