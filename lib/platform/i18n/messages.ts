import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/core/locales";
import { da, en, fi, nb, sv } from "@/messages";

export type Messages = typeof en;

const BY_LOCALE: Record<Locale, Messages> = { en, fi, nb, sv, da };

/** All texts of a language. */
export function getMessages(locale: Locale): Messages {
  return BY_LOCALE[locale];
}

/** The flow mails' words, for the worker, which has no request. */
export function createFlowMailWords(
  locale: Locale,
): (key: string, values?: Record<string, string | number>) => string {
  const translate = createTranslator({
    locale,
    messages: getMessages(locale),
    namespace: "flowMail",
    timeZone: "UTC",
  });
  return (key, values) => translate(key as Parameters<typeof translate>[0], values);
}

/** The whole catalogue's words, for the worker; `has` tells whether a key is there. */
export function createWords(locale: Locale): {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
} {
  const translate = createTranslator({ locale, messages: getMessages(locale), timeZone: "UTC" });
  type Key = Parameters<typeof translate>[0];
  const words = (key: string, values?: Record<string, string | number>) => translate(key as Key, values);
  return Object.assign(words, { has: (key: string) => translate.has(key as Key) });
}
