import type { FlowMailWords } from "./flow-mail-words";
import { heading, mailDocument, paragraph } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

export type RequestAwaitsPartnerMail = {
  locale: string;
  words: FlowMailWords;
  requestId: string;
  integration: string;
  count: number;
  /** Already written out in the language of the mail, with its zone. */
  deadline: string;
  host: string;
};

/** Tells the partner that a customer's request waits for its decision. It names no customer. */
export function renderRequestAwaitsPartnerMail(mail: RequestAwaitsPartnerMail): RenderedMail {
  const { words, integration, count } = mail;
  const subject = words("requestAwaitsPartner.subject", { integration });
  const title = words("requestAwaitsPartner.title");
  const body = [
    words("requestAwaitsPartner.intro", { integration, count }),
    words("requestAwaitsPartner.deadline", { deadline: mail.deadline }),
    words("requestAwaitsPartner.id", { id: mail.requestId }),
  ];
  const footer = words("requestAwaitsPartner.footer", { host: mail.host });
  const content = [heading(title), ...body.map((text) => paragraph(text))];
  return {
    subject,
    text: `${[title, ...body, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({ locale: mail.locale, subject, preheader: body[0] ?? "", content, footer }),
  };
}
