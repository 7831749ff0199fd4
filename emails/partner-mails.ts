import type { FlowMailWords } from "./flow-mail-words";
import { button, heading, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

type PartnerMail = {
  locale: string;
  words: FlowMailWords;
  kind: "partnerInvitation" | "partnerReceived" | "partnerAccepted" | "partnerRefused";
  values: Record<string, string>;
  /** Where the button leads. */
  url: string;
  /** Sentences below the button. */
  notes?: string[];
};

/** A mail about a partner and its members: title, two sentences, one button. */
export function renderPartnerMail({
  words,
  kind,
  values,
  url,
  notes = [],
  locale,
}: PartnerMail): RenderedMail {
  const subject = words(`${kind}.subject`, values);
  const title = words(`${kind}.title`, values);
  const body = [words(`${kind}.intro`, values), words(`${kind}.what`, values)];
  const footer = words(`${kind}.footer`, { ...values, host: new URL(url).host });
  return {
    subject,
    text: `${[title, ...body, url, ...notes, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale,
      subject,
      preheader: body[0] ?? "",
      content: [
        heading(title),
        ...body.map((text) => paragraph(text)),
        button(words(`${kind}.button`), url),
        ...notes.map((text) => paragraph(text, "soft")),
        plainLink(url),
      ],
      footer,
    }),
  };
}
