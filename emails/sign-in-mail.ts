import type messages from "@/messages/en/mail.json";
import { button, codeBlock, heading, mailDocument, paragraph, plainLink } from "./layout";

type MessageKey = keyof (typeof messages)["mail"]["signIn"];
/** next-intl's translator for the namespace `mail.signIn`. */
export type SignInMailWords = (key: MessageKey, values?: Record<string, string | number>) => string;

export type SignInMail = {
  locale: string;
  words: SignInMailWords;
  email: string;
  /** Absolute URL of the confirmation page with the link's token. */
  link: string;
  code: string;
  linkMinutes: number;
  codeMinutes: number;
};
export type RenderedMail = { subject: string; text: string; html: string };

/** "123 456": in two groups it is easier to type over; the form takes both spellings. */
const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** The mail that signs somebody in: one link, one code, no other secret. */
export function renderSignInMail(mail: SignInMail): RenderedMail {
  const { locale, words, email, link, linkMinutes, codeMinutes } = mail;
  const code = spaced(mail.code);
  const subject = words("subject");
  const intro = words("intro", { email });
  const expires = words("expires", { linkMinutes, codeMinutes });
  const footer = words("footer", { host: new URL(link).host });
  const text = [
    words("title"),
    intro,
    link,
    `${words("codeLead")}\n${code}`,
    expires,
    words("neverShare"),
    words("ignore"),
    `-- \n${footer}`,
  ].join("\n\n");
  const html = mailDocument({
    locale,
    subject,
    preheader: words("preheader", { linkMinutes }),
    content: [
      heading(words("title")),
      paragraph(intro),
      button(words("button"), link),
      paragraph(words("codeLead")),
      codeBlock(code),
      paragraph(expires, "soft"),
      paragraph(words("neverShare"), "soft"),
      paragraph(words("ignore"), "soft"),
      paragraph(words("linkFallback"), "soft"),
      plainLink(link),
    ],
    footer,
  });
  return { subject, text: `${text}\n`, html };
}
