import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/core/locales";
import { withoutLinks } from "@/lib/core/outside-text";
import { da, en, fi, nb, sv } from "@/messages";

export type Messages = typeof en;

const BY_LOCALE: Record<Locale, Messages> = { en, fi, nb, sv, da };

/** All texts of a language. */
export function getMessages(locale: Locale): Messages {
  return BY_LOCALE[locale];
}

/** What mails say in words of ours or as an address: one of the portal, or one that was read as an e-mail address. */
const NOT_OF_OTHERS: ReadonlySet<string> = new Set([
  ...["host", "url", "support", "inviter", "email", "oldEmail", "newEmail"],
  // The mail itself looks whether it is the inviter's address.
  "account",
  ...["deadline", "since", "until", "when", "role", "id", "prefix"],
]);

/** Names and reasons come from vendors, partners and customers: no mail program makes a link of a part of them. */
function unlinked(values: Record<string, string | number>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" && !NOT_OF_OTHERS.has(name) ? withoutLinks(value) : value,
    ]),
  );
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
  return (key, values) => translate(key as Parameters<typeof translate>[0], values && unlinked(values));
}

/** The whole catalogue's words for mails, as `createFlowMailWords`; `has` tells whether a key is there. */
export function createMailWords(locale: Locale): ReturnType<typeof createWords> {
  const words = createWords(locale);
  return Object.assign(
    (key: string, values?: Record<string, string | number>) => words(key, values && unlinked(values)),
    { has: words.has },
  );
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
