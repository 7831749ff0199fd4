import type { FlowMailWords } from "./flow-mail-words";
import { button, heading, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

export type ClaimNeedsInitiatorMail = {
  locale: string;
  words: FlowMailWords;
  /** The signed-in person who wants to go on. */
  claimant: string;
  integration: string;
  connector: string;
  confirmUrl: string;
  /** Already written out in the language of the mail, with its zone. */
  deadline: string;
};

/** Asks the person who consented at the vendor whether somebody else may go on with it. */
export function renderClaimNeedsInitiatorMail(mail: ClaimNeedsInitiatorMail): RenderedMail {
  const { words, integration, connector, confirmUrl } = mail;
  const subject = words("claimNeedsInitiator.subject", { email: mail.claimant, integration });
  const title = words("claimNeedsInitiator.title");
  const intro = words("claimNeedsInitiator.intro", { email: mail.claimant, integration, connector });
  const ask = words("claimNeedsInitiator.ask");
  const expires = words("claimNeedsInitiator.expires", { deadline: mail.deadline });
  const footer = words("claimNeedsInitiator.footer", { host: new URL(confirmUrl).host, connector });
  return {
    subject,
    text: `${[title, intro, ask, confirmUrl, expires, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: intro,
      content: [
        heading(title),
        paragraph(intro),
        paragraph(ask),
        button(words("claimNeedsInitiator.button"), confirmUrl),
        paragraph(expires, "soft"),
        plainLink(confirmUrl),
      ],
      footer,
    }),
  };
}
