import { withoutLinks } from "@/lib/core/outside-text";
import type { FlowMailWords } from "./flow-mail-words";
import { button, heading, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

export type InvitationMail = {
  locale: string;
  words: FlowMailWords;
  inviter: string;
  account: string;
  /** The integration whose prepared activation is handed over; null for a plain invitation. */
  integration: string | null;
  /** The request is handed over, and nothing else of the account. */
  isAlone: boolean;
  joinUrl: string;
  /** Already written out in the language of the mail, with its zone. */
  deadline: string;
};

/** Asks a colleague into an account, perhaps to go on with what somebody prepared. */
export function renderInvitationMail(mail: InvitationMail): RenderedMail {
  const { words, inviter, integration, joinUrl } = mail;
  // Its members name it as they like, and the mail goes to a stranger. One that is called by an address is its first member's.
  const account = mail.account === inviter ? inviter : withoutLinks(mail.account);
  const kind = integration === null ? "invitation" : "handOver";
  const values = { inviter, account, integration: integration ?? "" };
  const subject = words(`${kind}.subject`, values);
  const title = words(`${kind}.title`, values);
  const intro = words(`${kind}.intro`, values);
  const what = words(mail.isAlone ? "handOver.whatAlone" : `${kind}.what`, values);
  const expires = words("invitation.expires", { deadline: mail.deadline });
  const ignore = words("invitation.ignore", { inviter });
  const footer = words("invitation.footer", { host: new URL(joinUrl).host, inviter });
  return {
    subject,
    text: `${[title, intro, what, joinUrl, expires, ignore, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: intro,
      content: [
        heading(title),
        paragraph(intro),
        paragraph(what),
        button(words(`${kind}.button`), joinUrl),
        paragraph(expires, "soft"),
        paragraph(ignore, "soft"),
        plainLink(joinUrl),
      ],
      footer,
    }),
  };
}
