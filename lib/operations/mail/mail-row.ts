import type { outboxMails } from "@/db/schema";
import type { RenderedMail } from "@/emails/sign-in-mail";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/core/locales";

export type MailRow = typeof outboxMails.$inferSelect;
export type Composed = RenderedMail & { replyTo?: string };

export function localeOf(mail: Pick<MailRow, "locale">): Locale {
  return isLocale(mail.locale) ? mail.locale : DEFAULT_LOCALE;
}
