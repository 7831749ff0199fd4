import type { CatalogueWords, EndedConnection } from "./connections-ended-mail";
import { heading, itemList, mailDocument, paragraph } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

type ConnectionsEndedPartnerMail = {
  locale: string;
  words: CatalogueWords;
  askedBy: "customer" | "partner" | "operator" | "system";
  reason: string | null;
  host: string;
  connections: { id: string; integration: string; connector: string; key: EndedConnection["key"] }[];
};

/** Tells the partner, once, which connections ended. It names no customer: the API does, to whoever has a key. */
export function renderConnectionsEndedPartnerMail(mail: ConnectionsEndedPartnerMail): RenderedMail {
  const { words, connections, host } = mail;
  const count = connections.length;
  const integration = [...new Set(connections.map((one) => one.integration))].join(", ");
  const subject = words("endMail.partner.subject", { integration, count });
  const title = words("endMail.partner.title", { integration, count });
  const body = [
    words(`endMail.partner.intro.${mail.askedBy}`, { count }),
    ...(mail.reason ? [words("endMail.reason", { reason: mail.reason })] : []),
  ];
  const lines = connections.map(
    ({ id, connector, key }) => [id, words(`endMail.key.${key}`, { connector })] as const,
  );
  const api = words("endMail.partner.api", { path: "/api/v1/connections/{id}" });
  const footer = words("endMail.partner.footer", { host });
  const listed = lines.map(([id, said]) => `- ${id}: ${said}`).join("\n");
  return {
    subject,
    text: `${[title, ...body, listed, api, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: body[0] ?? "",
      content: [
        heading(title),
        ...body.map((text) => paragraph(text)),
        itemList(lines),
        paragraph(api, "soft"),
      ],
      footer,
    }),
  };
}
