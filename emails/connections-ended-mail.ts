import { withoutLinks } from "@/lib/core/outside-text";
import { button, heading, itemList, mailDocument, paragraph, plainLink } from "./layout";
import type { RenderedMail } from "./sign-in-mail";

/** Words of the whole catalogue; `has` tells whether a vendor has a version of its own. */
export type CatalogueWords = {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
};

export type EndedConnection = {
  name: string;
  businessId: string | null;
  integration: string;
  connector: { id: string; name: string };
  username: string;
  /** What became of the key; `dead`: the customer has ended it already. */
  key: "pending" | "removed" | "left_to_customer" | "shared" | "dead";
};

type ConnectionsEndedMail = {
  locale: string;
  words: CatalogueWords;
  askedBy: "customer" | "partner" | "operator" | "system";
  askedByEmail: string;
  reason: string | null;
  partner: string;
  support: string;
  url: string;
  connections: EndedConnection[];
};

/** Steps that are left in the vendor systems, in their menus' own names; each vendor and technical user once. */
function listLeftovers({ words, connections }: ConnectionsEndedMail): string[] {
  const left = connections.filter(({ key }) => key === "left_to_customer");
  const steps = left.flatMap(({ connector, integration, username }) => {
    const base = words.has(`leftToCustomer.${connector.id}`)
      ? `leftToCustomer.${connector.id}`
      : "leftToCustomer.other";
    return ["remove", "revoke"].map((step) =>
      words(`${base}.${step}`, { connector: connector.name, integration, username }),
    );
  });
  return [...new Set(steps)];
}

/** Tells the customer, once, what was ended and what is left to do. */
export function renderConnectionsEndedMail(mail: ConnectionsEndedMail): RenderedMail {
  const { words, partner, connections, url } = mail;
  const count = connections.length;
  const integration = [...new Set(connections.map((one) => one.integration))].join(", ");
  const subject = words("endMail.subject", { integration, count });
  const title = words("endMail.title", { integration });
  const intro = words(`endMail.intro.${mail.askedBy}`, { email: mail.askedByEmail, partner, count });
  const reason = mail.reason ? words("endMail.reason", { reason: mail.reason }) : null;
  const lines = connections.map(
    (one) =>
      [
        withoutLinks(one.businessId ? `${one.name} (${one.businessId})` : one.name),
        words(`endMail.key.${one.key}`, { connector: one.connector.name }),
      ] as const,
  );
  const leftovers = listLeftovers(mail);
  const left = leftovers.length > 0 ? [words("endMail.left"), ...leftovers.map((step) => `– ${step}`)] : [];
  const shared = connections.some(({ key }) => key === "shared") ? [words("endMail.shared")] : [];
  const help = words("endMail.help", { partner, support: mail.support });
  const footer = words("endMail.footer", { host: new URL(url).host });
  const before = [intro, ...(reason ? [reason] : [])];
  const after = [...left, ...shared];
  const listed = lines.map(([name, said]) => `- ${name}: ${said}`).join("\n");
  return {
    subject,
    text: `${[title, ...before, listed, ...after, url, help, `-- \n${footer}`].join("\n\n")}\n`,
    html: mailDocument({
      locale: mail.locale,
      subject,
      preheader: intro,
      content: [
        heading(title),
        ...before.map((text) => paragraph(text)),
        itemList(lines),
        ...after.map((text) => paragraph(text)),
        button(words("endMail.button"), url),
        paragraph(help, "soft"),
        plainLink(url),
      ],
      footer,
    }),
  };
}
