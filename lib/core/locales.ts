/** The portal's languages, with their own names. */
const NAMES = {
  en: "English",
  fi: "Suomi",
  nb: "Norsk bokmål",
  sv: "Svenska",
  da: "Dansk",
} as const;
export type Locale = keyof typeof NAMES;
export const DEFAULT_LOCALE: Locale = "en";

export function isLocale(value: unknown): value is Locale {
  return typeof value === "string" && Object.hasOwn(NAMES, value);
}

export const LOCALES: readonly Locale[] = Object.keys(NAMES).filter(isLocale);

/** The best of ours for an `Accept-Language` header; Norwegian in any spelling is Bokmål. */
export function pickLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? "").split(",").map((part) => {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
    return { language: tag.split("-")[0] ?? "", quality: quality === undefined ? 1 : Number(quality) };
  });
  for (const { language } of wanted.sort((a, b) => b.quality - a.quality)) {
    const ours = language === "no" || language === "nn" ? "nb" : language;
    if (isLocale(ours)) return ours;
  }
  return DEFAULT_LOCALE;
}
