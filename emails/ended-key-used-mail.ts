import type { CatalogueWords } from "./connections-ended-mail";
import { button, heading, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

type EndedKeyUsedMail = {
  locale: string;
  words: CatalogueWords;
  to: "customer" | "partner";
  use: "gateway_key" | "vendor_notice";
  /** `what`: the company for the customer, the connection's id for the partner. */
  values: { what: string; integration: string; partner: string; connector: string; time: string };
  /** Of the connection's page; the partner has none. */
  url: string | null;
  host: string;
};

/** Tells a side, once, that a connection was used although it had ended. */
export function renderEndedKeyUsedMail(mail: EndedKeyUsedMail): RenderedMail {
  const { words, to, use, values, url, host } = mail;
  const subject = words("endedKeyUsedMail.subject", values);
  const title = words("endedKeyUsedMail.title", values);
  const happened = words(`endedKeyUsedMail.happened.${use}`, values);
  const toDo = words(`endedKeyUsedMail.${to}.${use}`, values);
  const footer = words("endedKeyUsedMail.footer", { host });
  return {
    subject,
    text: `${[title, happened, toDo, ...(url ? [url] : []), `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: happened,
      content: [
        heading(title),
        paragraph(happened),
        paragraph(toDo),
        ...(url ? [button(words("endedKeyUsedMail.button"), url), plainLink(url)] : []),
      ],
      footer,
    }),
  };
}
