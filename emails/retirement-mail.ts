import { withoutLinks } from "@/lib/core/outside-text";
import type { CatalogueWords } from "./connections-ended-mail";
import { button, heading, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

type RetirementMail = {
  locale: string;
  words: CatalogueWords;
  /** `soon`: the second one, two weeks before the day. `stays`: it was taken back. */
  kind: "retires" | "soon" | "stays";
  values: {
    integration: string;
    partner: string;
    connector: string;
    count: number;
    day: string;
    support: string;
  };
  note: string;
  /** The address is the partner's, and meant to be opened. */
  replacement: { name: string; url: string } | null;
  url: string;
  host: string;
};

/** One mail to an account about the end of an integration, for all its companies. */
export function renderRetirementMail(mail: RetirementMail): RenderedMail {
  const { words, kind, values, replacement, url, host } = mail;
  const say = (key: string) => words(`retirementMail.${kind}.${key}`, values);
  const [subject, title, intro, happens] = [say("subject"), say("title"), say("intro"), say("happens")];
  const isEnd = kind !== "stays";
  const note = isEnd
    ? words("retirementMail.note", { partner: values.partner, note: withoutLinks(mail.note) })
    : null;
  const instead =
    isEnd && replacement
      ? words("retirementMail.replacement", { name: withoutLinks(replacement.name), url: replacement.url })
      : null;
  const support = words("retirementMail.support", values);
  const footer = words("retirementMail.footer", { host });
  const said = [title, intro, note, instead, happens].filter((one) => one !== null);
  return {
    subject,
    text: `${[...said, url, support, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: intro,
      content: [
        heading(title),
        ...said.slice(1).map((one) => paragraph(one)),
        button(words("retirementMail.button"), url),
        plainLink(url),
        paragraph(support, "soft"),
      ],
      footer,
    }),
  };
}
