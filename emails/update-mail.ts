import { withoutLinks } from "@/lib/core/outside-text";
import type { CatalogueWords } from "./connections-ended-mail";
import { button, heading, itemList, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

type UpdateMail = {
  locale: string;
  words: CatalogueWords;
  /** `required`: nothing changes before the customer agrees. `announced`: it applies already. */
  kind: "required" | "announced";
  values: { integration: string; partner: string; connector: string; count: number; support: string };
  /** Fields that changed, in the reader's words. */
  changes: readonly { field: string; said: string }[];
  url: string;
  host: string;
};

/** One mail to an account about a new version, for all its environments. */
export function renderUpdateMail(mail: UpdateMail): RenderedMail {
  const { words, kind, values, url, host } = mail;
  const say = (key: string) => words(`updateMail.${kind}.${key}`, values);
  const [subject, title, intro, happens] = [say("subject"), say("title"), say("intro"), say("happens")];
  const support = words("updateMail.support", values);
  const footer = words("updateMail.footer", { host });
  // A data flow is named in the partner's words.
  const changes = mail.changes.map(({ field, said }) => ({ field, said: withoutLinks(said) }));
  const list = changes.map(({ field, said }) => `- ${field}: ${said}`).join("\n");
  return {
    subject,
    text: `${[title, intro, ...(list ? [list] : []), happens, url, support, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: intro,
      content: [
        heading(title),
        paragraph(intro),
        ...(changes.length > 0 ? [itemList(changes.map(({ field, said }) => [field, said] as const))] : []),
        paragraph(happens),
        button(say("button"), url),
        plainLink(url),
        paragraph(support, "soft"),
      ],
      footer,
    }),
  };
}
