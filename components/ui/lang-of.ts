import type { TextLanguage } from "@/lib/catalogue/integration/texts";

/** The `lang` attribute of a partner's text. The empty one means that the language is not known, which HTML allows. */
export function langOf(language: TextLanguage): string {
  return language === "und" ? "" : language;
}
