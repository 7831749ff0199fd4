import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/core/locales";
import flowMail from "@/messages/en/flow-mail.json";
import mail from "@/messages/en/mail.json";
import rightsProcountor from "@/messages/en/rights-procountor.json";
import signIn from "@/messages/en/sign-in.json";
import ui from "@/messages/en/ui.json";

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
