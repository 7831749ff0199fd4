import { expect } from "@playwright/test";
import { z } from "zod";
import { demo } from "./demo";

const WAIT_MS = 20_000;

const addresses = z.array(z.object({ address: z.string() }));
const messageSchema = z.object({
  id: z.string(),
  time: z.coerce.date(),
  subject: z.string(),
  to: addresses,
  text: z.string().default(""),
  html: z.string().default(""),
  headers: z.record(z.string(), z.unknown()),
  envelope: z.object({ to: addresses }),
});
/** An e-mail as the catcher holds it. */
export type Message = z.infer<typeof messageSchema>;

/** Everything sent to an address, the oldest first. */
export async function listMail(address: string): Promise<Message[]> {
  const response = await fetch(`${demo().mailUrl}/api/email?sort=asc`);
  if (!response.ok) throw new Error(`the mail catcher answered ${response.status}`);
  const wanted = address.toLowerCase();
  const messages = z.array(messageSchema).parse(await response.json());
  return messages.filter(({ envelope }) => envelope.to.some((to) => to.address.toLowerCase() === wanted));
}

export type MailWish = {
  to: string;
  subject?: RegExp;
  /** Ids of messages that were there before, so that an old one is not taken for the one that is meant. */
  seen?: ReadonlySet<string>;
};

/** Waits until a message that fits is there, and returns the newest such. */
export async function waitForMail({ to, subject, seen }: MailWish): Promise<Message> {
  const find = async () => {
    const messages = await listMail(to);
    return (
      messages.findLast((message) => !seen?.has(message.id) && (subject?.test(message.subject) ?? true)) ??
      null
    );
  };
  let found: Message | null = null;
  await expect
    .poll(
      async () => {
        found = await find();
        return found !== null;
      },
      { message: `an e-mail to ${to}${subject ? ` with the subject ${subject}` : ""}`, timeout: WAIT_MS },
    )
    .toBe(true);
  return found ?? Promise.reject(new Error("unreachable: the poll above has passed"));
}

/** The ids of what an address has now, to be given to `waitForMail` as `seen`. */
export async function listSeen(address: string): Promise<ReadonlySet<string>> {
  return new Set((await listMail(address)).map(({ id }) => id));
}

/** The links in a message that lead to the portal. */
export function findPortalLinks({ text, html }: Message): URL[] {
  const decoded = `${text}\n${html.replaceAll("&amp;", "&")}`;
  const urls = decoded.match(/https?:\/\/[^\s"'<>)\]]+/g) ?? [];
  const { origin } = new URL(demo().portalUrl);
  return [...new Set(urls)].map((url) => new URL(url)).filter((url) => url.origin === origin);
}

/** The six-digit code of a sign-in message. Throws when it holds none. */
export function getSignInCode({ text, subject }: Message): string {
  // Written in two halves, which are easier to read and to type.
  const match = /^(\d{3}) ?(\d{3})$/m.exec(text);
  if (match === null) throw new Error(`no six-digit code in the message "${subject}"`);
  return `${match[1]}${match[2]}`;
}
