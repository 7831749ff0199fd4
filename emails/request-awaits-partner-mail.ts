import type { FlowMailWords } from "./flow-mail-words";
import { button, heading, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

export type RequestAwaitsPartnerMail = {
  locale: string;
  words: FlowMailWords;
  requestId: string;
  integration: string;
  count: number;
  /** Already written out in the language of the mail, with its zone. */
  deadline: string;
  /** The request's page in the partner's console, which asks for sign-in. */
  requestUrl: string;
};

/** Tells the partner that a customer's request waits for its decision, and where to decide. It names no customer. */
export function renderRequestAwaitsPartnerMail(mail: RequestAwaitsPartnerMail): RenderedMail {
  const { words, integration, count, requestUrl } = mail;
  const subject = words("requestAwaitsPartner.subject", { integration });
  const title = words("requestAwaitsPartner.title");
  const body = [
    words("requestAwaitsPartner.intro", { integration, count }),
    words("requestAwaitsPartner.deadline", { deadline: mail.deadline }),
    words("requestAwaitsPartner.where"),
  ];
  const id = words("requestAwaitsPartner.id", { id: mail.requestId });
  const footer = words("requestAwaitsPartner.footer", { host: new URL(requestUrl).host });
  return {
    subject,
    text: `${[title, ...body, requestUrl, id, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: body[0] ?? "",
      content: [
        heading(title),
        ...body.map((text) => paragraph(text)),
        button(words("requestAwaitsPartner.button"), requestUrl),
        paragraph(id, "soft"),
        plainLink(requestUrl),
      ],
      footer,
    }),
  };
}
