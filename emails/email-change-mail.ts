import type { FlowMailWords } from "./flow-mail-words";
import { button, heading, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

export type EmailChangeMail = {
  locale: string;
  words: FlowMailWords;
  /** To the new address; to one that has an account already; to the old address once it is done. */
  kind: "emailChange" | "emailChangeTaken" | "emailChanged";
  oldEmail: string;
  newEmail: string;
  url: string;
  /** Already written out in the language of the mail, with its zone. */
  deadline: string;
};

/** About another address for signing in: asked for, not possible, or done. */
export function renderEmailChangeMail(mail: EmailChangeMail): RenderedMail {
  const { words, kind, oldEmail, newEmail, url, deadline } = mail;
  const values = { oldEmail, newEmail, deadline, host: new URL(url).host };
  const say = (key: string): string => words(`${kind}.${key}`, values);
  const [subject, title, intro, note] = [say("subject"), say("title"), say("intro"), say("note")];
  const footer = words("emailChange.footer", values);
  return {
    subject,
    text: `${[title, intro, url, note, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: intro,
      content: [
        heading(title),
        paragraph(intro),
        button(say("button"), url),
        paragraph(note, "soft"),
        plainLink(url),
      ],
      footer,
    }),
  };
}
