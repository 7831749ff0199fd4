import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/core/locales";
import flowMail from "@/messages/parts/flow-mail.en.json";
import mail from "@/messages/parts/mail.en.json";
import rightsProcountor from "@/messages/parts/rights-procountor.en.json";
import signIn from "@/messages/parts/sign-in.en.json";
import ui from "@/messages/parts/ui.en.json";

const en = { ...ui, ...signIn, ...mail, ...flowMail, ...rightsProcountor };
export type Messages = typeof en;

/** All texts of a language. Languages that are not translated yet speak English rather than nothing. */
export function getMessages(_locale: Locale): Messages {
  return en;
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
