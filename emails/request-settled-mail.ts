import { withoutLinks } from "@/lib/core/outside-text";
import type { FlowMailWords } from "./flow-mail-words";
import { button, heading, itemList, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

export type RequestSettledMail = {
  locale: string;
  words: FlowMailWords;
  integration: string;
  partner: string;
  /** Goes to who handed the request to a colleague. */
  isCopy: boolean;
  /** What an earlier mail said and is no longer so: that it is in doubt, or that nothing was activated. */
  takesBack: "doubt" | "failure" | null;
  connector: string;
  support: string;
  statusUrl: string;
  /** The printable page of what was accepted. */
  acceptanceUrl: string;
  environments: { name: string; businessId: string | null; state: string; reason: string | null }[];
};

/** The one mail that tells how every environment of a request ended, or how it is after what was lost came back. */
export function renderRequestSettledMail(mail: RequestSettledMail): RenderedMail {
  const { words, support, statusUrl, acceptanceUrl } = mail;
  const active = mail.environments.filter((environment) => environment.state.startsWith("active")).length;
  const { subject, title, intro } = openingOf(mail, active);
  const lines = mail.environments.map((environment) => ({
    name: withoutLinks(
      environment.businessId ? `${environment.name} (${environment.businessId})` : environment.name,
    ),
    state: words(`states.${environment.state}`, { reason: environment.reason ?? "" }),
  }));
  const help = words("requestSettled.help", { support });
  const acceptance = words("requestSettled.acceptance");
  const footer = words(mail.isCopy ? "requestSettled.footerCopy" : "requestSettled.footer", {
    host: new URL(statusUrl).host,
  });
  const text = [
    title,
    intro,
    lines.map((line) => `- ${line.name}: ${line.state}`).join("\n"),
    statusUrl,
    help,
    `${acceptance}\n${acceptanceUrl}`,
    `-- \n${footer}`,
  ].join("\n\n");
  const html = mailDocument({
    locale: mail.locale,
    subject,
    preheader: intro,
    content: [
      heading(title),
      paragraph(intro),
      itemList(lines.map((line) => [line.name, line.state])),
      button(words("requestSettled.button"), statusUrl),
      paragraph(help, "soft"),
      plainLink(statusUrl),
      paragraph(acceptance, "soft"),
      plainLink(acceptanceUrl),
    ],
    footer,
  });
  return { subject, text: `${text}\n`, html };
}

function openingOf({ words, integration, partner, connector, ...mail }: RequestSettledMail, active: number) {
  if (mail.takesBack !== null) {
    const opening = mail.takesBack === "doubt" ? "requestRecovered" : "requestKeyFound";
    return {
      subject: words(`${opening}.subject`, { integration, connector }),
      title: words(`${opening}.title`, { integration, connector }),
      intro: words(`${opening}.intro`, { integration, partner, connector }),
    };
  }
  const count = mail.environments.length;
  const unknown = mail.environments.filter(({ state }) => state === "unknown").length;
  if (unknown > 0 && active + unknown === count)
    return {
      subject: words("requestSettled.subjectUnknown", { integration, unknown }),
      title: words("requestSettled.titleUnknown", { integration, active }),
      intro: words("requestSettled.intro", { integration, partner, connector }),
    };
  return {
    subject:
      active === count
        ? words("requestSettled.subjectAllActive", { integration, count })
        : words("requestSettled.subjectSome", { integration, active, count }),
    title: words(active === 0 ? "requestSettled.titleNone" : "requestSettled.title", { integration }),
    intro: words("requestSettled.intro", { integration, partner, connector }),
  };
}
