import { withoutLinks } from "@/lib/core/outside-text";
import type { News } from "@/lib/partner/alert/schema";
import type { CatalogueWords } from "./connections-ended-mail";
import { button, heading, itemList, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

type DigestMail = {
  locale: string;
  words: CatalogueWords;
  partner: string;
  host: string;
  since: string;
  news: News;
  tell: (at: Date) => string;
  hrefs: { console: string; settings: string; stop: string };
};

type Part = { title: string; items: (readonly [string, string])[] };

function listParts({ words, news, since, tell }: DigestMail): Part[] {
  const { waiting, rejection, attention } = news;
  return [
    ...(waiting
      ? [
          {
            title: words("digest.waiting", { count: waiting.count, hours: waiting.hours }),
            items: waiting.oldest.map(
              (one) =>
                [
                  withoutLinks(one.company),
                  words("digest.waitingSince", { integration: one.integration, since: tell(one.since) }),
                ] as const,
            ),
          },
        ]
      : []),
    ...(rejection ? [{ title: words("digest.rejection", { ...rejection, since }), items: [] }] : []),
    ...(attention
      ? [
          {
            title: words("digest.attention", { count: attention.count, since }),
            items: attention.newest.map(
              (one) =>
                [
                  withoutLinks(one.company),
                  words(`attention.${one.cause}.title`, { connector: one.connector }),
                ] as const,
            ),
          },
        ]
      : []),
  ];
}

/** Tells a partner's member in one mail what they asked to hear of. */
export function renderDigestMail(mail: DigestMail): RenderedMail {
  const { words, partner, host, hrefs } = mail;
  const subject = words("digest.subject", { partner });
  const title = words("digest.title", { partner });
  const parts = listParts(mail);
  const settings = words("digest.settings");
  const stop = words("digest.stop");
  const footer = words("digest.footer", { host, partner });
  const listed = parts.map(({ title: of, items }) =>
    [of, ...items.map(([name, said]) => `- ${name}: ${said}`)].join("\n"),
  );
  return {
    subject,
    text: `${[title, ...listed, `${words("digest.open")}\n${hrefs.console}`, `-- \n${footer}\n${settings}\n${hrefs.settings}\n${stop}\n${hrefs.stop}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: parts[0]?.title ?? "",
      content: [
        heading(title),
        ...parts.flatMap(({ title: of, items }) => [
          paragraph(of),
          ...(items.length > 0 ? [itemList(items)] : []),
        ]),
        button(words("digest.open"), hrefs.console),
        paragraph(settings, "soft"),
        plainLink(hrefs.settings),
        paragraph(stop, "soft"),
        plainLink(hrefs.stop),
      ],
      footer,
    }),
  };
}
