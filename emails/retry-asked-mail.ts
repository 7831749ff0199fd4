import { withoutLinks } from "@/lib/core/outside-text";
import type { FlowMailWords } from "./flow-mail-words";
import { button, heading, itemList, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

type RetryAskedMail = {
  locale: string;
  words: FlowMailWords;
  values: { integration: string; partner: string; support: string };
  environments: { name: string; businessId: string | null; state: string }[];
  statusUrl: string;
};

/** Asks a customer, once, to try again what did not become active. */
export function renderRetryAskedMail(mail: RetryAskedMail): RenderedMail {
  const { words, values, statusUrl } = mail;
  const say = (key: string) => words(`retryAsked.${key}`, values);
  const [subject, title, intro, happens, help] = [
    say("subject"),
    say("title"),
    say("intro"),
    say("happens"),
    say("help"),
  ];
  const footer = words("retryAsked.footer", { ...values, host: new URL(statusUrl).host });
  const lines = mail.environments.map(({ name, businessId, state }) => ({
    name: withoutLinks(businessId ? `${name} (${businessId})` : name),
    state: words(`states.${state}`, { reason: "" }),
  }));
  const list = lines.map(({ name, state }) => `- ${name}: ${state}`).join("\n");
  return {
    subject,
    text: `${[title, intro, list, happens, statusUrl, help, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: intro,
      content: [
        heading(title),
        paragraph(intro),
        itemList(lines.map(({ name, state }) => [name, state] as const)),
        paragraph(happens),
        button(say("button"), statusUrl),
        plainLink(statusUrl),
        paragraph(help, "soft"),
      ],
      footer,
    }),
  };
}
