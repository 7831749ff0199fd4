import type { CatalogueWords } from "./connections-ended-mail";
import { heading, itemList, mailDocument, paragraph } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

type PartnerNoticeMail = {
  locale: string;
  words: CatalogueWords;
  kind:
    | "webhookFailing"
    | "webhookDisabled"
    | "keyExpires"
    | "specificationApproved"
    | "specificationRejected"
    | "specificationPublished"
    | "specificationNotPublished";
  values: Record<string, string | number>;
  /** Facts below the words: label and value. */
  facts: (readonly [string, string])[];
  partner: string;
  host: string;
};

/** Tells a partner of something that its software depends on and that somebody there has to see to. */
export function renderPartnerNoticeMail(mail: PartnerNoticeMail): RenderedMail {
  const { words, kind, values, facts, partner, host } = mail;
  const say = (name: string): string => words(`partnerMail.${kind}.${name}`, values);
  const [subject, title, intro, what] = [say("subject"), say("title"), say("intro"), say("what")];
  const footer = words("partnerMail.footer", { host, partner });
  const listed = facts.map(([label, value]) => `${label}: ${value}`).join("\n");
  return {
    subject,
    text: `${[title, intro, what, listed, `-- \n${footer}`].filter(Boolean).join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: intro,
      content: [
        heading(title),
        paragraph(intro),
        paragraph(what),
        ...(facts.length > 0 ? [itemList(facts)] : []),
      ],
      footer,
    }),
  };
}
